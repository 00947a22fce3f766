"""Apply ``overrides:`` of an environment file to a plan: services, artifacts, and networks and secrets of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from camp2iac.camp import edits
from camp2iac.camp.asked import asked, parameters
from camp2iac.camp.model import Artifact, Characteristic, LocatedText, Requirement, ServiceSpecification
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import MappingEntry, Node, Scalar, Sequence
from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.record import Record, field, replace
from camp2iac.topology.ids import artifact_name, slug
from camp2iac.topology.profile import CHARACTERISTICS, PLAN_KEYS, REQUIREMENTS
from camp2iac.topology.requirements import PROFILE
from camp2iac.topology.substitution.merge import Part, merged, targets
from camp2iac.topology.substitution.places import Override, Parts

P = TypeVar("P", Characteristic, Requirement)

_ADDED, _REPLACED = "added to this part of the plan", "replaces the value here"


class Overriding(Record):
    """What the overrides of one plan need and collect. ``names``: the name of each service, by its identity."""

    given: YamlMapping
    catalogue: Catalogue
    names: Mapping[int, str]
    diagnostics: Diagnostics
    places: list[Override] = field(default_factory=list)
    parts: Parts = field(default_factory=Parts)
    displaced: set[str] = field(default_factory=set)

    def check(self, artifacts: Iterable[Artifact]) -> None:
        """Report names that the plan does not have (CAMP608)."""
        self._check("services", "service", self.names.values())
        self._check("artifacts", "artifact", map(artifact_name, artifacts))

    def _check(self, section: str, what: str, names: Iterable[str]) -> None:
        known = list(dict.fromkeys(names))
        ids = set(map(slug, known))
        for name, entry in self._section(section).entries.items():
            if slug(name) not in ids:
                self.diagnostics.add(unknown("CAMP608", entry.key, known, f"{what} of the plan", "the plan has"))

    def service(self, spec: ServiceSpecification) -> ServiceSpecification:
        """A service with its overrides."""
        given = self._of("services", self.names.get(id(spec), ""))
        if given is None:
            return spec
        href, later, owner = spec.href, spec.href_parameter, self.names[id(spec)]
        parts = [
            Part(each.characteristic_type.value, each.extensions, each.characteristic_type.span)
            for each in spec.characteristics
        ]
        place = spec.id.span if spec.id else spec.span.start
        for key, entry in given.entries.items():
            if key == "href":
                before = Scalar(href.value, href.value, href.span) if href else later
                self.note(entry.value.span, before.span if before else place, before, None, None)
                href, later = self._href(entry.value, owner)
            elif key == "version":
                self._version(entry, parts, owner)
            else:
                self._type(entry, parts, CHARACTERISTICS, place, owner)
        characteristics = tuple(
            Characteristic(LocatedText(part.type, part.span), part.extensions, old.span if old else part.span)
            for part, old in _with(parts, spec.characteristics)
        )
        return replace(spec, href=href, href_parameter=later, characteristics=characteristics)

    def requirements(self, artifact: Artifact) -> tuple[Requirement, ...]:
        """The requirements of an artifact with its overrides."""
        name = artifact_name(artifact)
        given = self._of("artifacts", name)
        if given is None:
            return artifact.requirements
        parts = [
            Part(each.requirement_type.value, each.extensions, each.requirement_type.span)
            for each in artifact.requirements
        ]
        place = artifact.labels.name.span if artifact.labels.name else artifact.artifact_type.span
        for entry in given.entries.values():
            self._type(entry, parts, REQUIREMENTS, place, name)
        return tuple(
            replace(old, extensions=part.extensions)
            if old is not None
            else Requirement(LocatedText(part.type, part.span), None, part.extensions, part.span)
            for part, old in _with(parts, artifact.requirements)
        )

    def declared(self, extensions: YamlMapping) -> YamlMapping:
        """The declarations of the plan with their overrides: keys of its networks and secrets."""
        entries = dict(extensions.entries)
        for name in PLAN_KEYS:
            key = f"{PROFILE}{name}"
            given, old = self._section(key), extensions.get(key)
            known = old if isinstance(old, YamlMapping) else YamlMapping({}, given.span)
            inner = dict(known.entries)
            for node, entry in given.entries.items():
                if node not in inner:
                    what = f"{name.lower().removesuffix('s')} of the plan"
                    self.diagnostics.add(unknown("CAMP608", entry.key, sorted(inner), what, "the plan has"))
                elif isinstance(entry.value, YamlMapping):
                    before = inner[node]
                    held = before.value if isinstance(before.value, YamlMapping) else YamlMapping({}, before.key.span)
                    inner[node] = MappingEntry(before.key, merged(held, entry.value, before.key.span, self.note))
            if inner != known.entries:
                entries[key] = MappingEntry(entries[key].key, replace(known, entries=inner))
        return replace(extensions, entries=entries)

    def note(self, value: Span, plan: Span, replaced: Node | None, key: Span | None, type_: Span | None) -> None:
        """Keep the places of a value and of what it replaces or extends. ``key``, ``type_``: those that contain it."""
        self.parts.add(value, key=key, type_=type_)
        self.displaced.update(parameters(replaced))
        self.places.append(Override(value, plan, _ADDED if replaced is None else _REPLACED))

    def _section(self, name: str) -> YamlMapping:
        found = self.given.get(name)
        return found if isinstance(found, YamlMapping) else YamlMapping({}, self.given.span)

    def _of(self, section: str, name: str) -> YamlMapping | None:
        """What overrides a node: by its name, or by its id."""
        entries = self._section(section).entries
        found = entries.get(name) or next((entry for key, entry in entries.items() if slug(key) == slug(name)), None)
        return found.value if found is not None and name and isinstance(found.value, YamlMapping) else None

    def _href(self, node: Node, owner: str) -> tuple[LocatedText | None, YamlMapping | None]:
        if isinstance(node, YamlMapping) and asked(node):
            return None, node
        if isinstance(node, Scalar) and isinstance(node.value, str) and node.text:
            return LocatedText(node.text, node.span), None
        self.diagnostics.add(
            Diagnostic(
                "CAMP609",
                f"the href of {owner} is not a string",
                node.span,
                label="the address of the service belongs here",
                help='write, for example,  href: "https://db.example.org/"',
            )
        )
        return None, None

    def _version(self, entry: MappingEntry, parts: list[Part], owner: str) -> None:
        """``version`` of a service: the version of its product, for the characteristic that has one."""
        found = [(part, key) for part in parts if (key := self._version_key(part.type)) is not None]
        written = [(part, key) for part, key in found if key in part.extensions]
        for part, key in (written or found)[:1]:
            given = YamlMapping({key: MappingEntry(entry.key, entry.value)}, entry.value.span)
            part.extensions = merged(part.extensions, given, part.span, self.note)
            return
        self.diagnostics.add(
            Diagnostic(
                "CAMP609",
                f"{owner} has no characteristic with a version",
                entry.key.span,
                label="the version of which product?",
                help="add the characteristic of its product to the plan, or remove this key",
            )
        )

    def _version_key(self, type_: str) -> str | None:
        keys = (product.characteristics[type_] for product in self.catalogue.with_characteristic(type_))
        return next((key for key in keys if key), None)

    def _type(self, entry: MappingEntry, parts: list[Part], profile: tuple[str, ...], place: Span, owner: str) -> None:
        """Merge what the file has for one type into the characteristics or requirements of that type."""
        type_ = entry.key.text
        known = {part.type for part in parts}
        new = type_ not in known and type_.removeprefix(PROFILE) in profile and type_.startswith(PROFILE)
        if type_ not in known and not new:
            own = ("href", "version") if profile is CHARACTERISTICS else ()
            offered = [*own, *sorted(known), *(f"{PROFILE}{name}" for name in profile)]
            self.diagnostics.add(unknown("CAMP609", entry.key, offered, f"part of {owner}", f"{owner} can have"))
            return
        nodes = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        for node in nodes:
            if not isinstance(node, YamlMapping):
                self.diagnostics.add(_no_keys(node, type_, owner))
                continue
            self._merge(node, entry.key, parts, place, owner)

    def _merge(self, node: YamlMapping, type_: Scalar, parts: list[Part], place: Span, owner: str) -> None:
        if not type_.text.startswith(PROFILE) and (key := self._misspelt(node, type_.text, parts)) is not None:
            return self.diagnostics.add(key)
        chosen = targets(node, type_.text, parts)
        if chosen is None:
            return self.diagnostics.add(_ambiguous(type_, owner))
        for part, given in chosen:
            if part is None:
                parts.append(Part(type_.text, given, type_.span))
                self.note(type_.span, place, None, None, None)
                self.note(given.span, place, None, None, None)
            else:
                part.extensions = merged(part.extensions, given, part.span, self.note)
        return None

    def _misspelt(self, node: YamlMapping, type_: str, parts: list[Part]) -> Diagnostic | None:
        """A key that a product's characteristic does not have. Requirements report their own."""
        if not self.catalogue.with_characteristic(type_):
            return None
        known = {key for part in parts if part.type == type_ for key in part.extensions.entries}
        known |= {key for key in (self._version_key(type_),) if key}
        wrong = next((entry.key for key, entry in node.entries.items() if key not in known), None)
        return unknown("CAMP609", wrong, sorted(known), f"key of {type_}", f"{type_} has") if wrong else None


def _with(parts: list[Part], old: tuple[P, ...]) -> Iterable[tuple[Part, P | None]]:
    """Each part with what it was before; None if it is new."""
    return [(part, old[index] if index < len(old) else None) for index, part in enumerate(parts)]


def unknown(code: str, key: Scalar, known: Iterable[str], what: str, has: str) -> Diagnostic:
    """A name in ``overrides`` that the plan does not have, with the nearest one."""
    names = list(known)
    best = nearest(key.text, names)
    return Diagnostic(
        code,
        f"the overrides name no {what}: {key.text}",
        key.span,
        label=f"no {what.partition(' of ')[0]} has this name",
        help="" if best else f"{has} {choices(key.text, names)}" if names else "remove it",
        fixes=edits.key(key.span, key.text, best),
    )


def _no_keys(node: Node, type_: str, owner: str) -> Diagnostic:
    return Diagnostic(
        "CAMP609",
        f"the overrides of {type_} of {owner} are not a mapping",
        node.span,
        label="keys and their values belong here",
        help=f"write, for example,  {type_}: {{ KEY: VALUE }}",
    )


def _ambiguous(type_: Scalar, owner: str) -> Diagnostic:
    keys = {f"{PROFILE}Volume": "name", f"{PROFILE}Expose": "port"}
    key = keys.get(type_.text)
    help_ = f"name one of them with its  {key}:" if key else "write  { parameter: NAME }  for the value in the plan"
    return Diagnostic(
        "CAMP612",
        f"{owner} has several {type_.text}, and the overrides do not say which one",
        type_.span,
        label="more than one has this type",
        help=help_,
    )
