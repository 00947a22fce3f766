"""Which artifact uses which service, and how, before products are selected."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from camp2iac.camp import model as camp
from camp2iac.camp.model import Artifact, PlanDocument, Requirement
from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.record import Record, field
from camp2iac.topology.ids import artifact_name, slug
from camp2iac.topology.requirements import RequirementKind, kind
from camp2iac.topology.statements import Subject, SubjectKind


class ServiceDraft(Record, dict=True):
    """A service that is not complete: its specification (None: it is implied) and what uses it."""

    id: str
    name: str
    spec: camp.ServiceSpecification | None
    span: Span
    uses: list[Use] = field(default_factory=list)

    @cached_property
    def subject(self) -> Subject:
        """The subject of statements about it."""
        return Subject(SubjectKind.SERVICE, self.id, self.name)


class ArtifactDraft(Record, dict=True):
    """An artifact that is not complete: it becomes a component or a job."""

    id: str
    name: str
    artifact: Artifact
    uses: list[Use] = field(default_factory=list)

    @cached_property
    def subject(self) -> Subject:
        """The subject of statements about it."""
        return Subject(SubjectKind.ARTIFACT, self.id, self.name)

    def of(self, *kinds: RequirementKind) -> list[Use]:
        """Its uses of services, of the given kinds."""
        return [use for use in self.uses if use.kind in kinds]


class Use(Record):
    """An artifact's requirement of a service. ``requirement`` None: the artifact's type implies it.

    ``callee``: the artifact that it connects to, which runs on ``draft``.
    """

    part: ArtifactDraft
    kind: RequirementKind
    requirement: Requirement | None
    draft: ServiceDraft | None = None
    callee: ArtifactDraft | None = None

    @property
    def span(self) -> Span:
        """The place of its type in the plan."""
        return self.requirement.requirement_type.span if self.requirement else self.part.artifact.artifact_type.span

    @property
    def local_type(self) -> str:
        """The local name of its type: ``ConnectTo`` of ``org.sql:ConnectTo``."""
        return self.requirement.requirement_type.value.rpartition(":")[2] if self.requirement else ""


class Usage(Record, dict=True):
    """Artifacts and services by id, in the order of the plan."""

    parts: dict[str, ArtifactDraft]
    drafts: dict[str, ServiceDraft]

    @cached_property
    def contents(self) -> Counter[str | None]:
        """How many artifacts have the same content, by its path."""
        return Counter(each.artifact.content.path for each in self.parts.values())


def usage(plan: PlanDocument, catalogue: Catalogue, diagnostics: Diagnostics) -> Usage:
    """Find the uses in a plan. Two nodes whose names result in the same id are an error (CAMP341)."""
    parts: dict[str, ArtifactDraft] = {}
    drafts: dict[str, ServiceDraft] = {}
    by_spec: dict[int, ServiceDraft] = {}
    for artifact in plan.artifacts:
        name = artifact_name(artifact)
        part = ArtifactDraft(slug(name), name, artifact)
        clash = parts.setdefault(part.id, part)
        if clash is not part:
            _clash("artifacts", part.id, _place(artifact), _place(clash.artifact), diagnostics)
    for service in plan.all_services():
        if service.id is not None:
            draft = ServiceDraft(slug(service.id.value), service.id.value, service, service.span)
            by_spec[id(service)] = draft
            clash_ = drafts.setdefault(draft.id, draft)
            first = clash_.spec.id if clash_.spec else None
            if first is not None and first.value != service.id.value:  # the reader reports equal ids
                _clash("services", draft.id, service.id.span, first.span, diagnostics)
    for part in parts.values():
        for requirement in part.artifact.requirements:
            what = _relation(part.artifact, requirement, catalogue)
            if what is not None:
                use = Use(part, what, requirement)
                part.uses.append(use)
                if (spec := requirement.service) is not None:
                    use.draft = by_spec.get(id(spec)) or _anonymous(use, spec, drafts, diagnostics)
                    by_spec[id(spec)] = use.draft
                    use.draft.uses.append(use)
    for service in plan.services:
        if service.id is None:
            label = service.labels.name
            name = label.value if label else "service"
            draft = ServiceDraft(slug(name), name, service, service.span)
            drafts.setdefault(draft.id, draft)
    return Usage(parts, drafts)


def _relation(artifact: Artifact, requirement: Requirement, catalogue: Catalogue) -> RequirementKind | None:
    """How an artifact uses the service of a requirement; None if the requirement is about something else."""
    what = kind(requirement.requirement_type.value, catalogue)
    if what is RequirementKind.HOST and _only_runs(artifact, catalogue):
        return RequirementKind.LOAD
    return what if what in (RequirementKind.HOST, RequirementKind.CONNECT, RequirementKind.LOAD) else None


def _only_runs(artifact: Artifact, catalogue: Catalogue) -> bool:
    """Whether an artifact is a script that runs once on its host: the plan asks for nothing else, such as a process."""
    type_ = artifact.artifact_type.value
    products = catalogue.with_artifact(type_)
    scripts = bool(products) and all(product.artifacts[type_] == "script" for product in products)
    return scripts and len(artifact.requirements) == 1


def _anonymous(
    use: Use, spec: camp.ServiceSpecification, drafts: dict[str, ServiceDraft], diagnostics: Diagnostics
) -> ServiceDraft:
    """An inline service without an id. A host gets the artifact's name, others a name with the characteristic."""
    if use.kind is RequirementKind.HOST:
        id_, name = use.part.id, use.part.name
    else:
        name = spec.labels.name.value if spec.labels.name else f"{use.part.name} {_characteristic(spec)}".strip()
        id_ = slug(name)
    draft = ServiceDraft(id_, name, spec, spec.span)
    clash = drafts.get(id_)
    if clash is not None:
        _clash("services", id_, spec.span.start, clash.span.start, diagnostics)
        return clash
    drafts[id_] = draft
    return draft


def _characteristic(spec: camp.ServiceSpecification) -> str:
    for characteristic in spec.characteristics:
        if not characteristic.characteristic_type.value.startswith("org.camp2iac:"):
            return characteristic.characteristic_type.value.rpartition(":")[2]
    return "service"


def _place(artifact: Artifact) -> Span:
    return artifact.labels.name.span if artifact.labels.name else artifact.artifact_type.span


def _clash(what: str, id_: str, second: Span, first: Span, diagnostics: Diagnostics) -> None:
    diagnostics.add(
        Diagnostic(
            "CAMP341",
            f"two {what} have names that result in the same id: {id_}",
            second,
            label="the second",
            related=(Label(first, "the first"),),
            notes=("addresses and host names contain the id: lowercase letters, digits and dashes",),
            help="give one of them another name or id",
        )
    )
