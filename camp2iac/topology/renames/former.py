"""The plan as it was: with the oldest names of everything that was renamed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from camp2iac.camp.model import (
    Artifact,
    ArtifactReference,
    Characteristic,
    Labels,
    LocatedText,
    PlanDocument,
    Requirement,
    ServiceReference,
    ServiceSpecification,
)
from camp2iac.camp.nodes import Mapping, MappingEntry, Node, Scalar, Sequence
from camp2iac.record import Record, field, replace
from camp2iac.topology.ids import artifact_name, slug
from camp2iac.topology.renames.model import KEY, NodeKind, Rename
from camp2iac.topology.renames.reading import DECLARED, PLACEMENT, PROCESS, VOLUME
from camp2iac.topology.requirements import PROFILE
from camp2iac.topology.substitution.rebuild import Changes, rebuilt

_MACRO = r"\b((?:IP|IPALL|PORT|PASSWORD)\(\s*)([A-Za-z0-9][A-Za-z0-9._-]*)(\s*(?:,\s*)?)([A-Za-z0-9][A-Za-z0-9._-]*)?"
_FOLDER = r"(?<![^,\s])(/[^,=]*=)([A-Za-z0-9][A-Za-z0-9._-]*)(?=[/,]|$)"
"""What a web server serves: ``/static/=shop/static`` names an artifact."""
_PORTS = f"{PROFILE}Ports"
_NAMED: tuple[NodeKind, ...] = ("parameter", "secret", "network", "process")
"""What has a name that is its id."""
TIERS: tuple[NodeKind, ...] = ("tier", "service", "artifact")
"""Where the name of a tier comes from."""


class FormerNames(Record, frozen=True):
    """The oldest name of each renamed part, by its kind and its current id."""

    names: dict[tuple[str, str], str] = field(default_factory=dict)

    @staticmethod
    def of(renames: Iterable[Rename]) -> FormerNames:
        """The names that the renames say."""
        return FormerNames({(each.kind, _id(each.kind, each.name)): each.oldest for each in renames})

    def name(self, name: str, *kinds: NodeKind) -> str:
        """The oldest name of a part of one of the kinds, the first that has it; ``name`` itself without one."""
        found = (self.names.get((kind, _id(kind, name))) for kind in kinds)
        return next((each for each in found if each is not None), name)

    def id(self, name: str, *kinds: NodeKind) -> str:
        """The same as an id, or ``name`` itself."""
        found = self.name(name, *kinds)
        return name if found == name or not kinds else _id(kinds[0], found)


def _id(kind: NodeKind, name: str) -> str:
    return name if kind in _NAMED else slug(name)


def former(plan: PlanDocument, renames: Iterable[Rename]) -> PlanDocument:
    """The plan with the oldest names, and without ``org.camp2iac:previously``."""
    naming = _Naming(FormerNames.of(renames))
    made = rebuilt(plan, Changes(naming.service, naming.requirements, naming.declared))
    name = naming.names.name(plan.labels.name.value if plan.labels.name else "", "plan")
    return replace(
        made,
        artifacts=tuple(map(naming.artifact, made.artifacts)),
        labels=_labelled(plan.labels, name) if plan.labels.name else plan.labels,
        extensions=made.extensions.without(KEY),
    )


class _Naming(Record, frozen=True):
    names: FormerNames

    def artifact(self, artifact: Artifact) -> Artifact:
        """The artifact with its oldest name."""
        name = artifact_name(artifact)
        old = self.names.name(name, "artifact")
        labels = artifact.labels if old == name else _labelled(artifact.labels, old, artifact)
        return replace(artifact, labels=labels, extensions=artifact.extensions.without(KEY))

    def service(self, spec: ServiceSpecification) -> ServiceSpecification:
        """The service with its oldest name, and with those of its tier, networks and volumes."""
        given = spec.id or spec.labels.name
        old = self.names.name(given.value, "service") if given else ""
        id_ = LocatedText(old, given.span) if given and old != given.value else spec.id
        characteristics = tuple(map(self._characteristic, spec.characteristics))
        return replace(spec, id=id_, characteristics=characteristics, extensions=spec.extensions.without(KEY))

    def _characteristic(self, given: Characteristic) -> Characteristic:
        type_, keys = given.characteristic_type.value, given.extensions
        if type_ == PLACEMENT:
            return replace(given, extensions=self._placement(keys))
        if type_ == VOLUME and KEY in keys:
            name = _first(keys[KEY])
            entry = keys.entries.get("name") or MappingEntry(Scalar("name", "name", keys.entries[KEY].key.span), name)
            entries = {**keys.without(KEY).entries, "name": replace(entry, value=name)}
            return replace(given, extensions=replace(keys, entries=entries))
        if type_ == _PORTS:
            return replace(given, extensions=_changed(keys, "from", self._source))
        if type_ == f"{PROFILE}Attributes":
            return replace(given, extensions=self._folders(self._text(keys)))
        return given

    def _folders(self, keys: Mapping) -> Mapping:
        """Attributes that name folders of artifacts."""
        for key in keys.entries:
            keys = _changed(keys, key, self._folder)
        return keys

    def _folder(self, node: Node) -> Node:
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return node
        text = re.sub(_FOLDER, lambda found: f"{found[1]}{self.names.id(found[2], 'artifact')}", node.text)
        return node if text == node.text else replace(node, value=text, text=text)

    def _placement(self, keys: Mapping) -> Mapping:
        if KEY in keys and "tier" not in keys:  # the tier had a name, and now has that of its service
            entry = keys.entries[KEY]
            keys = replace(keys, entries={**keys.entries, "tier": replace(entry, value=_first(entry.value))})
        keys = _changed(keys.without(KEY), "tier", lambda node: self._renamed(node, *TIERS))
        return _changed(keys, "networks", lambda node: self._renamed(node, "network"))

    def requirements(self, artifact: Artifact) -> tuple[Requirement, ...]:
        """The requirements of an artifact, with the oldest names of what they name."""
        return tuple(map(self._requirement, artifact.requirements))

    def _requirement(self, given: Requirement) -> Requirement:
        to = given.fulfillment
        if isinstance(to, ArtifactReference):
            to = replace(to, id=self.names.name(to.id, "artifact"))
        elif isinstance(to, ServiceReference):
            to = replace(to, id=self.names.name(to.id, "service"))
        if given.requirement_type.value == PROCESS:
            return replace(given, fulfillment=to, extensions=self._processes(given.extensions))
        return replace(given, fulfillment=to, extensions=self._text(given.extensions))

    def _processes(self, types: Mapping) -> Mapping:
        entries = {}
        for name, entry in types.entries.items():
            if isinstance(value := entry.value, Mapping):
                if KEY in value and "tier" not in value:
                    name = _first(value[KEY]).text
                    entry = replace(entry, key=replace(entry.key, value=name, text=name))
                value = _changed(value.without(KEY), "tier", lambda node: self._renamed(node, *TIERS))
                entry = replace(entry, value=value)
            entries[name] = entry
        return replace(types, entries=entries)

    def declared(self, extensions: Mapping) -> Mapping:
        """The networks, parameters and secrets under their oldest names."""
        entries = dict(extensions.entries)
        for key, kind in DECLARED:
            if key in entries and isinstance(given := entries[key].value, Mapping):
                inner = {}
                for name, entry in given.entries.items():
                    old = self.names.name(name, kind)
                    value = entry.value.without(KEY) if isinstance(entry.value, Mapping) else entry.value
                    inner[old] = MappingEntry(replace(entry.key, value=old, text=old), value)
                entries[key] = replace(entries[key], value=replace(given, entries=inner))
        return replace(extensions, entries=entries)

    def _source(self, node: Node) -> Node:
        """``from`` of Ports: tiers, CIDRs, or a parameter."""
        return self._text(node) if isinstance(node, Mapping) else self._renamed(node, *TIERS)

    def _renamed(self, node: Node, *kinds: NodeKind) -> Node:
        """A name, or a list of names."""
        if isinstance(node, Sequence):
            return replace(node, items=tuple(self._renamed(item, *kinds) for item in node.items))
        if not isinstance(node, Scalar):
            return node
        old = self.names.id(node.text, *kinds)
        return node if old == node.text else replace(node, value=old, text=old)

    def _text(self, keys: Mapping) -> Mapping:
        """Values that can have references."""
        return replace(
            keys, entries={key: replace(each, value=self._value(each.value)) for key, each in keys.entries.items()}
        )

    def _value(self, node: Node) -> Node:
        if isinstance(node, Mapping):
            kinds: tuple[NodeKind, ...] = ("parameter", "secret")
            for kind in kinds:
                node = _changed(node, kind, lambda inner, kind=kind: self._renamed(inner, kind))  # type: ignore[misc]
            return node
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return node
        text = re.sub(_MACRO, self._macro, node.text)
        return node if text == node.text else replace(node, value=text, text=text)

    def _macro(self, found: re.Match[str]) -> str:
        named = self.names.id(found[2], *TIERS)
        network = self.names.name(found[4], "network") if found[4] else ""
        return f"{found[1]}{named}{found[3]}{network}"


def _labelled(labels: Labels, name: str, artifact: Artifact | None = None) -> Labels:
    span = labels.name.span if labels.name else artifact.artifact_type.span if artifact else None
    assert span is not None  # noqa: S101 - one of both has a place
    return replace(labels, name=LocatedText(name, span))


def _first(node: Node) -> Scalar:
    found = node.items[0] if isinstance(node, Sequence) else node
    assert isinstance(found, Scalar)  # noqa: S101 - the schema has seen to it
    return found


def _changed(keys: Mapping, key: str, change: Callable[[Node], Node]) -> Mapping:
    if key not in keys:
        return keys
    entry = keys.entries[key]
    return replace(keys, entries={**keys.entries, key: replace(entry, value=change(entry.value))})
