"""Find ``org.camp2iac:previously`` in a plan, and remove it, so that other readers do not see it."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.camp.model import Artifact, Characteristic, LocatedText, PlanDocument, Requirement, ServiceSpecification
from camp2iac.camp.nodes import Mapping, MappingEntry, Node, Scalar, Sequence
from camp2iac.camp.schema import check
from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.record import Record, field, replace
from camp2iac.topology.ids import artifact_name
from camp2iac.topology.profile import schema
from camp2iac.topology.renames.model import KEY, NodeKind, Rename
from camp2iac.topology.requirements import PROFILE
from camp2iac.topology.substitution.rebuild import Changes, rebuilt

DECLARED: tuple[tuple[str, NodeKind], ...] = (
    (f"{PROFILE}Networks", "network"),
    (f"{PROFILE}Parameters", "parameter"),
    (f"{PROFILE}Secrets", "secret"),
)
PLACEMENT, VOLUME, PROCESS = f"{PROFILE}Placement", f"{PROFILE}Volume", f"{PROFILE}Process"


def read(plan: PlanDocument, diagnostics: Diagnostics) -> tuple[PlanDocument, tuple[Rename, ...]]:
    """The plan without the key, and what it says, in the order of the plan. CAMP31x: it is not a name or a list."""
    reading = _RenameReading(diagnostics)
    made = rebuilt(plan, Changes(reading.service, reading.requirements, reading.declared))
    artifacts = tuple(reading.artifact(each) for each in made.artifacts)
    extensions, name = made.extensions, plan.labels.name
    if (node := extensions.get(KEY)) is not None:
        reading.take("plan", name.value if name else "", extensions, name.span if name else node.span)
    made = replace(made, artifacts=artifacts, extensions=extensions.without(KEY))
    return made, tuple(sorted(reading.found, key=lambda each: each.span))


class _RenameReading(Record):
    diagnostics: Diagnostics
    found: list[Rename] = field(default_factory=list)

    def take(self, kind: NodeKind, name: str, given: Mapping, place: Span, owner: str = "") -> None:
        """Read the key of one part, whose other keys are in ``given`` too."""
        entry = given.entries[KEY]
        only = Mapping({KEY: entry}, entry.value.span)
        if check(
            {"type": "object", "properties": {KEY: schema("previously")}}, only, KEY, name, self.diagnostics, place
        ):
            self.found.append(Rename(kind, name, _names(entry.value), entry.key.span, place, owner))

    def artifact(self, artifact: Artifact) -> Artifact:
        """The artifact without the key."""
        if KEY not in artifact.extensions:
            return artifact
        label = artifact.labels.name
        self.take("artifact", artifact_name(artifact), artifact.extensions, label.span if label else artifact.span)
        return replace(artifact, extensions=artifact.extensions.without(KEY))

    def service(self, spec: ServiceSpecification) -> ServiceSpecification:
        """The service without the key, also in its characteristics."""
        owner = spec.id or spec.labels.name
        name = owner.value if owner else ""
        if KEY in spec.extensions:
            self.take("service", name, spec.extensions, owner.span if owner else spec.span)
            spec = replace(spec, extensions=spec.extensions.without(KEY))
        return replace(spec, characteristics=tuple(self._characteristic(each, name) for each in spec.characteristics))

    def _characteristic(self, given: Characteristic, owner: str) -> Characteristic:
        type_, keys = given.characteristic_type.value, given.extensions
        if KEY not in keys or type_ not in (PLACEMENT, VOLUME):
            return given
        kind: NodeKind = "tier" if type_ == PLACEMENT else "volume"
        node = keys.get("tier" if type_ == PLACEMENT else "name")
        name, place = (node.text, node.span) if isinstance(node, Scalar) else ("data", keys.entries[KEY].key.span)
        if kind == "tier" and not isinstance(node, Scalar):
            name = owner  # the tier has the name of its service
        self.take(kind, name, keys, place, owner)
        return replace(given, extensions=keys.without(KEY))

    def requirements(self, artifact: Artifact) -> tuple[Requirement, ...]:
        """The requirements of an artifact, without the key in its process types."""
        return tuple(self._requirement(each, artifact_name(artifact)) for each in artifact.requirements)

    def _requirement(self, given: Requirement, owner: str) -> Requirement:
        if given.requirement_type.value != PROCESS:
            return given
        return replace(given, extensions=each_with_key(given.extensions, lambda entry: self._process(entry, owner)))

    def _process(self, entry: MappingEntry, owner: str) -> None:
        assert isinstance(entry.value, Mapping)  # noqa: S101 - each_with_key has seen to it
        tier = entry.value.get("tier")
        if isinstance(tier, Scalar):
            self.take("tier", tier.text, entry.value, tier.span, owner)
        else:
            self.take("process", entry.key.text, entry.value, entry.key.span, owner)

    def declared(self, extensions: Mapping) -> Mapping:
        """The networks, parameters and secrets without the key."""
        entries = dict(extensions.entries)
        for key, kind in DECLARED:
            if key in entries and isinstance(given := entries[key].value, Mapping):

                def take(entry: MappingEntry, kind: NodeKind = kind) -> None:
                    assert isinstance(entry.value, Mapping)  # noqa: S101 - each_with_key has seen to it
                    self.take(kind, entry.key.text, entry.value, entry.key.span)

                entries[key] = replace(entries[key], value=each_with_key(given, take))
        return replace(extensions, entries=entries)


def each_with_key(given: Mapping, take: Callable[[MappingEntry], None]) -> Mapping:
    """The mapping without the key in its values. ``take`` gets each entry that has it."""
    entries = dict(given.entries)
    for name, entry in given.entries.items():
        if isinstance(entry.value, Mapping) and KEY in entry.value:
            take(entry)
            entries[name] = replace(entry, value=entry.value.without(KEY))
    return replace(given, entries=entries)


def _names(node: Node) -> tuple[LocatedText, ...]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple(LocatedText(item.text, item.span) for item in items if isinstance(item, Scalar))
