"""Replace ``{ parameter: NAME }`` by the parameter's value where the compiler must know it."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.camp.asked import asked
from camp2iac.camp.model import Artifact, Characteristic, LocatedText, Requirement, ServiceSpecification
from camp2iac.camp.nodes import Mapping, MappingEntry, Node, Scalar, Sequence
from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Label, Severity, Span
from camp2iac.record import Record, field, replace
from camp2iac.topology import confidential, profile
from camp2iac.topology.checks.references import undeclared
from camp2iac.topology.ids import artifact_name
from camp2iac.topology.model import Reference
from camp2iac.topology.requirements import PROFILE, RequirementKind, kind
from camp2iac.topology.substitution.places import SET, Parts, UsedValue
from camp2iac.topology.substitution.values import Values

UNKNOWN = "https://unknown.invalid/"  # the href of a service while its parameter has no value: nothing is generated

SecretAttribute = Callable[[ServiceSpecification, str], bool]


class Replacing(Record):
    """What the replacement of one plan needs and collects. ``secret``: whether an attribute of a service is secret.
    ``order``: the keys of ``uses``, in the order in which they were found. ``type``: the type that is being read.
    """

    values: Values
    catalogue: Catalogue
    secret: SecretAttribute
    uses: dict[Span, UsedValue] = field(default_factory=dict)
    order: list[Span] = field(default_factory=list)
    parts: Parts = field(default_factory=Parts)
    type: str = ""

    def service(self, spec: ServiceSpecification) -> ServiceSpecification:
        """A service with the values in its ``href`` and its characteristics."""
        name = spec.id.value if spec.id else spec.labels.name.value if spec.labels.name else "a service"
        characteristics = [self._characteristic(each, spec, name) for each in spec.characteristics]
        href = spec.href
        if spec.href_parameter is not None:
            value = self.node(spec.href_parameter, "href", name)
            text = value.text if isinstance(value, Scalar) else UNKNOWN
            href = LocatedText(text, spec.href_parameter.span)
        return replace(
            spec, href=href, href_parameter=None, characteristics=tuple(each for each in characteristics if each)
        )

    def requirements(self, artifact: Artifact) -> tuple[Requirement, ...]:
        """The requirements of an artifact with the values of parameters."""
        owner = artifact_name(artifact)
        made = []
        for requirement in artifact.requirements:
            type_ = requirement.requirement_type.value
            given: Mapping | None = requirement.extensions
            if type_.startswith(PROFILE):
                given = self._profile(type_, requirement.extensions, owner)
            elif kind(type_, self.catalogue) in (RequirementKind.HOST, RequirementKind.CONNECT, RequirementKind.LOAD):
                given = self._keys(requirement.extensions, owner, lambda key, value: asked(value) is not None)
            if given is not None:
                made.append(replace(requirement, extensions=given))
        return tuple(made)

    def declared(self, extensions: Mapping) -> Mapping:
        """The networks and secrets of the plan with the values of parameters."""
        entries = {}
        for key, entry in extensions.entries.items():
            value: Node | None = entry.value
            if key.startswith(PROFILE) and isinstance(entry.value, Mapping):
                value = self._profile(key, entry.value, "the plan")
            if value is not None:
                entries[key] = MappingEntry(entry.key, value)
        return replace(extensions, entries=entries)

    def _characteristic(self, given: Characteristic, spec: ServiceSpecification, owner: str) -> Characteristic | None:
        self.type = ""
        type_, before = given.characteristic_type.value, len(self.order)
        if type_ == f"{PROFILE}Attributes" and self.values.given.attributes:
            made = self._keys(
                given.extensions,
                owner,
                lambda key, value: asked(value) == "parameter" and not self._is_secret(spec, key),
            )
            extensions = made if len(made) or not len(given.extensions) else None  # no value is known
        elif type_.startswith(PROFILE):
            extensions = self._profile(type_, given.extensions, owner)
        else:
            offered = self.catalogue.with_characteristic(type_)
            versions = {product.characteristics[type_] for product in offered}
            extensions = self._keys(given.extensions, owner, lambda key, _: key in versions)
        for used in self.order[before:]:
            self.parts.add(used, type_=given.characteristic_type.span)
        return None if extensions is None else replace(given, extensions=extensions)

    def _is_secret(self, spec: ServiceSpecification, name: str) -> bool:
        return confidential.looks(name) or self.secret(spec, name)

    def _profile(self, type_: str, given: Mapping, owner: str) -> Mapping | None:
        """The keys of a profile type. None if a required one has no value."""
        name = type_.removeprefix(PROFILE)
        if name not in (*profile.CHARACTERISTICS, *profile.REQUIREMENTS, *profile.PLAN_KEYS):
            return given
        later = profile.LATER.get(name, "")
        if later is None:
            return given
        self.type = name
        made = self._keys(given, owner, lambda key, _: key != later)
        required = profile.schema(name).get("required", ())
        lacks = any(key in given and key not in made for key in required) or (len(given) and not len(made))
        return None if lacks else made

    def _keys(self, given: Mapping, owner: str, here: Callable[[str, Node], bool]) -> Mapping:
        """The values of these keys, without those that are not known."""
        entries = {}
        for key, entry in given.entries.items():
            before = len(self.order)
            value = self.node(entry.value, key, owner) if here(key, entry.value) else entry.value
            for used in self.order[before:]:
                self.parts.add(used, key=entry.key.span)
            if value is not None:
                entries[key] = entry if value is entry.value else MappingEntry(entry.key, value)
        same = len(entries) == len(given) and all(entries[key] is entry for key, entry in given.entries.items())
        return given if same else replace(given, entries=entries)

    def node(self, node: Node, key: str, owner: str) -> Node | None:
        """A value with the values of parameters in it. None if one is not known."""
        if isinstance(node, Scalar):
            return node
        if isinstance(node, Sequence):
            items = [self.node(item, key, owner) for item in node.items]
            return None if None in items else replace(node, items=tuple(item for item in items if item is not None))
        named = asked(node)
        if named == "parameter":
            return self._value(node, key, owner)
        if named == "secret":
            self.values.diagnostics.add(_secret(node, key, owner))
            return None
        return self._keys(node, owner, lambda *_: True)

    def _value(self, node: Mapping, key: str, owner: str) -> Scalar | None:
        written = node["parameter"]
        assert isinstance(written, Scalar)  # noqa: S101 - for the type checker
        name, values = written.text, self.values
        if not values.known(name):
            reference = Reference("parameter", name, written.span)
            values.diagnostics.extend(undeclared(owner, reference, sorted(values.declared)))
            return None
        if name in values.given.encrypted:
            values.diagnostics.add(self._encrypted(name, node.span, key, owner))
            return None
        found = values.find(name)
        if found is None:
            if values.whole:
                values.diagnostics.add(self._missing(name, node.span, key, owner))
            return None
        values.used[name] = None
        self.uses[node.span] = UsedValue(name, found.span)
        self.order.append(node.span)
        if not values.fits(name, found, node.span):
            return None
        if values.is_string(name):
            return Scalar(found.text, found.text, node.span, quoted=True)
        return Scalar(found.value, found.text, node.span, found.quoted)

    def _encrypted(self, name: str, span: Span, key: str, owner: str) -> Diagnostic:
        return Diagnostic(
            "CAMP171",
            f"the output would contain in clear what is encrypted: parameter {name}, the {key} of {owner}",
            self.values.given.encrypted[name].value.span,
            label="encrypted here",
            related=(Label(span, "camp2iac must know the value here, and writes it into the output"),),
            help=f"do not encrypt {name}, or use another parameter here",
        )

    def _missing(self, name: str, span: Span, key: str, owner: str) -> Diagnostic:
        given, declared = self.values.given, self.values.declared[name]
        related = (Label(declared.span, "declared here, without a default"),)
        write = f"parameters:\n  {name}: {_example(self.type, key)}"
        if not given.platform:
            return Diagnostic(
                "CAMP504",
                f"camp2iac cannot check the {key} of {owner}: parameter {name} has no value here",
                span,
                label="an environment file gives this value",
                related=related,
                help=f"name an environment file with  -e , or set the value with  {SET} {name}=VALUE",
                severity=Severity.NOTE,
            )
        where = f"write in {given.file}:\n{write}" if given.file else f"set the value with  {SET} {name}=VALUE"
        return Diagnostic(
            "CAMP504",
            f"{owner} uses parameter {name} for its {key}, but the environment does not give a value",
            span,
            label="camp2iac must know this value",
            related=related,
            help=where,
        )


def _example(type_: str, key: str) -> str:
    """A value for a key of a type of the profile."""
    form = profile.schema(type_).get("properties", {}).get(key, {}) if type_ else {}
    example = form.get("items", form).get("x-example", "...")
    return str(example).lower() if isinstance(example, bool) else str(example)


def _secret(node: Mapping, key: str, owner: str) -> Diagnostic:
    return Diagnostic(
        "CAMP505",
        f"the {key} of {owner} cannot be a secret",
        node.span,
        label="camp2iac must know this value, and writes it into the output",
        help="write the value itself, or  { parameter: NAME }  with a parameter of the plan",
    )
