"""CAMP's grammar: from located YAML to a PlanDocument, with all errors reported at once.

The keys and their rules are in CAMP 1.1 CS01, chapter 4. ``CAMP 1.2`` is read with the same grammar. Keys that CAMP
does not define are extensions and are kept.
"""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.camp import edits
from camp2iac.camp.asked import asked
from camp2iac.camp.content import read_content
from camp2iac.camp.fields import LABELS, Fields, kind, ordinal
from camp2iac.camp.model import (
    Artifact,
    Characteristic,
    Fulfillment,
    LocatedText,
    PlanDocument,
    Requirement,
    ServiceSpecification,
)
from camp2iac.camp.nodes import Mapping, Node, Scalar
from camp2iac.camp.package import Package
from camp2iac.camp.references import Services
from camp2iac.camp.versions import camp_version, suspicious
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.diagnostics.suggest import listed, short

PLAN = ("camp_version", *LABELS, "origin", "artifacts", "services")
ARTIFACT = ("artifact_type", "content", "requirements", *LABELS)
REQUIREMENT = ("requirement_type", "fulfillment")
SERVICE = ("id", "href", "characteristics", *LABELS)
CHARACTERISTIC = ("characteristic_type",)


def read_plan(node: Node, file: str, package: Package, diagnostics: Diagnostics) -> PlanDocument | None:
    """The plan in a YAML document.

    ``file``: the name to show. A part with an error is reported and left out, so that the rest can be checked too. None
    if there is no plan (CAMP120) or its version is missing or not supported (CAMP121, CAMP122).
    """
    if not isinstance(node, Mapping) or not node.entries:
        diagnostics.add(_no_plan(node, file))
        return None
    return _Grammar(file, package, diagnostics).plan(node)


def _no_plan(node: Node, file: str) -> Diagnostic:
    blank = isinstance(node, Mapping) or (isinstance(node, Scalar) and node.value is None)
    return Diagnostic(
        "CAMP120",
        f"{file} is empty" if blank else f"{file} is {kind(node)}, not a plan",
        span=node.span.start,
        label="a plan begins with camp_version",
        help="write  camp_version: CAMP 1.1  and list artifacts and services, or run  camp2iac init",
    )


class _Grammar:
    def __init__(self, file: str, package: Package, diagnostics: Diagnostics) -> None:
        self.file, self.package, self.diagnostics = file, package, diagnostics
        self.services: dict[int, ServiceSpecification] = {}  # by the identity of their YAML
        self.unreadable = False  # whether a service, or its id, could not be read

    def plan(self, node: Mapping) -> PlanDocument | None:
        fields = Fields(node, "the plan", "a plan", PLAN, self.diagnostics)
        version = camp_version(fields)
        labels, origin = fields.labels(), fields.text("origin")
        before = len(self.diagnostics.items)
        tops = fields.groups("services", "services", "id")
        self.unreadable = len(self.diagnostics.items) > before or fields.misspelt("services")
        for i, service in enumerate(tops):
            self._service(service, f"the {ordinal(i)} service", inline=False)
        artifacts = fields.groups("artifacts", "artifacts", "artifact_type")
        owners = [_artifact_name(artifact, i) for i, artifact in enumerate(artifacts)]
        for artifact, owner in zip(artifacts, owners, strict=True):
            self._inline(artifact, owner)
        known = Services(self.services.values(), _names(artifacts), self.diagnostics)
        read = [self._artifact(artifact, owner, known) for artifact, owner in zip(artifacts, owners, strict=True)]
        known.report(unreadable=self.unreadable)
        extensions = self._extensions(fields)
        if version is None:
            return None
        return PlanDocument(
            version,
            labels,
            origin,
            tuple(artifact for artifact in read if artifact is not None),
            tuple(self.services[id(service)] for service in tops),
            extensions,
            self.file,
            node.span,
        )

    def _extensions(self, fields: Fields) -> Mapping:
        extensions = fields.extensions()
        self.diagnostics.extend(suspicious(extensions))
        return extensions

    def _inline(self, artifact: Mapping, owner: str) -> None:
        requirements = artifact.get("requirements")
        if isinstance(requirements, (Scalar, Mapping)) or requirements is None:
            return
        for requirement in requirements:
            fulfillment = requirement.get("fulfillment") if isinstance(requirement, Mapping) else None
            if isinstance(fulfillment, Mapping) and _bare_reference(fulfillment) is None:
                self._service(fulfillment, f"the service of {owner}", inline=True)

    def _service(self, node: Mapping, owner: str, *, inline: bool) -> None:
        own = node.get("id")
        if isinstance(own, Scalar) and own.text:
            owner = short(own.text)
        fields = Fields(node, owner, "a service", SERVICE, self.diagnostics)
        start = len(self.diagnostics.items)
        name = fields.text("id")
        if name is not None and (not name.value.strip() or name.value != name.value.strip()):
            fields.wrong("id", node["id"], "a word", "remove the spaces around the id")
            name = None
        before = len(self.diagnostics.items)
        characteristics = []
        for i, trait in enumerate(fields.groups("characteristics", "characteristics", "characteristic_type")):
            read = self._characteristic(trait, f"the {ordinal(i)} characteristic of {owner}")
            if read is not None:
                characteristics.append(read)
        whole = len(self.diagnostics.items) == before
        href = node.get("href")
        later = href if isinstance(href, Mapping) and asked(href) else None
        extensions = self._extensions(fields)
        self.unreadable |= name is None and len(self.diagnostics.items) > start
        self.services[id(node)] = ServiceSpecification(
            name,
            fields.text("href") if later is None else None,
            tuple(characteristics),
            fields.labels(),
            extensions,
            node.span,
            inline,
            whole,
            later,
        )

    def _characteristic(self, node: Mapping, owner: str) -> Characteristic | None:
        fields = Fields(node, owner, "a characteristic", CHARACTERISTIC, self.diagnostics)
        named = fields.as_text("characteristic_type", fields.required("characteristic_type", "PostgreSQL"))
        extensions = self._extensions(fields)
        return Characteristic(named, extensions, node.span) if named is not None else None

    def _artifact(self, node: Mapping, owner: str, known: Services) -> Artifact | None:
        fields = Fields(node, owner, "an artifact", ARTIFACT, self.diagnostics)
        named = fields.as_text("artifact_type", fields.required("artifact_type", "org.python:src"))
        content = read_content(fields, self.package)
        labels = fields.labels()
        requirements, unresolved = [], []
        for i, requirement in enumerate(fields.groups("requirements", "requirements", "requirement_type")):
            read = self._requirement(requirement, owner, i, known)
            if read is not None:
                requirements.append(read)
            else:
                type_ = requirement.get("requirement_type")
                unresolved.append(type_.text if isinstance(type_, Scalar) and isinstance(type_.value, str) else "")
        extensions = self._extensions(fields)
        if named is None or content is None:
            return None
        return Artifact(named, content, tuple(requirements), labels, extensions, node.span, tuple(unresolved))

    def _requirement(self, node: Mapping, owner: str, index: int, known: Services) -> Requirement | None:
        what = f"the {ordinal(index)} requirement of {owner}"
        fields = Fields(node, what, "a requirement", REQUIREMENT, self.diagnostics)
        named = fields.as_text("requirement_type", fields.required("requirement_type", "org.sql:ConnectTo"))
        extensions = self._extensions(fields)
        fulfillment: Fulfillment = None
        value = node.get("fulfillment")
        if not fields.blank("fulfillment") and value is not None:
            fulfillment = self._fulfillment(value, fields, owner, named, known)
            if fulfillment is None:
                return None
        return Requirement(named, fulfillment, extensions, node.span) if named is not None else None

    def _fulfillment(
        self, value: Node, fields: Fields, owner: str, named: LocatedText | None, known: Services
    ) -> ServiceSpecification | Fulfillment:
        meant: str | None = None
        called = False
        if isinstance(value, Mapping):
            meant = _bare_reference(value)
            if meant is None:
                return self.services.get(id(value))
        elif isinstance(value, Scalar):
            name = value.text.removeprefix("id:")
            if value.text.startswith("id:") and name and name == name.strip():
                place = named or LocatedText("", fields.place)
                return known.resolve(value, owner, place)
            name = name.strip()
            called = known.calls(name, named.value if named is not None else "")
            meant = name if name in known or called else known.nearest(name) if name else None
        context = (named.span,) if named is not None else (fields.place,)
        what = f"a {'list' if not isinstance(value, (Scalar, Mapping)) else 'string without id:'}"
        if isinstance(value, Scalar) and value.text.startswith("id:"):
            what = "id: without a name" if not value.text[3:].strip() else "id: with spaces around the name"
        help_ = "write  fulfillment: id:NAME  with the id of a service"
        # {id:NAME}, and a service's own name without id: or with a space, can mean only this.
        named_so = isinstance(value, Mapping) or (isinstance(value, Scalar) and meant == _bare(value.text))
        exact = named_so and meant is not None and (meant in known or called)
        write, text = f"fulfillment: id:{meant}", edits.word(f"id:{meant}")
        fixes = edits.rewritten(value, write, text, sure=exact) if meant else ()
        if not isinstance(value, (Scalar, Mapping)):
            ids = [item.text for item in value if isinstance(item, Scalar)]
            listing = f" ({short(listed(ids))})" if ids else ""
            help_ = f"write one requirement for each service{listing}, each with its own  fulfillment: id:NAME"
        elif isinstance(value, Mapping):
            what = "a reference in braces"
        elif not isinstance(value.value, str):
            what = kind(value)
        self.diagnostics.add(
            Diagnostic(
                "CAMP127",
                f"a fulfillment of {owner} is not a service or a reference to one: it is {what}",
                span=value.span,
                label="expected id:NAME or a service",
                context=context,
                help="" if fixes else help_,
                fixes=fixes,
            )
        )
        return None


def _bare_reference(node: Mapping) -> str | None:
    """``NAME`` of ``{id:NAME}``, which YAML reads as a key without a value."""
    if len(node) != 1:
        return None
    (key,) = node.entries
    value = node[key]
    empty = isinstance(value, Scalar) and value.value is None
    return key[3:] if empty and key.startswith("id:") and len(key) > 3 else None


def _bare(reference: str) -> str:
    return reference.removeprefix("id:").strip()


def _names(artifacts: Iterable[Mapping]) -> dict[str, Span]:
    """The names of artifacts, each with its first place."""
    found: dict[str, Span] = {}
    for node in artifacts:
        name = node.get("name")
        if isinstance(name, Scalar) and name.text:
            found.setdefault(name.text, name.span)
    return found


def _artifact_name(node: Mapping, index: int) -> str:
    name = node.get("name")
    return short(name.text) if isinstance(name, Scalar) and name.text else f"the {ordinal(index)} artifact"
