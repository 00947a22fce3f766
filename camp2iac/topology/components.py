"""The components of a plan: artifacts that run on a service."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.diagnostics.suggest import nearest
from camp2iac.record import replace
from camp2iac.topology import artifacts, labels, links, profile_requirements, unread
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.model import Component, Tier
from camp2iac.topology.process_types import ProcessTypes
from camp2iac.topology.requirements import RequirementKind, kind
from camp2iac.topology.state import BuildState
from camp2iac.topology.statements import Subject, SubjectKind
from camp2iac.topology.tiers import Tiers
from camp2iac.topology.usage import ArtifactDraft, ServiceDraft


def make(made: Tiers, state: BuildState) -> dict[str, Component]:
    """Build the components: by id, sorted."""
    found: dict[str, Component] = {}
    for part in sorted(state.usage.parts.values(), key=lambda part: part.id):
        component = _component(part, made.of, state)
        if component is not None:
            found[part.id] = component
    return _not_exposed(found, made.tiers, state)


def _component(part: ArtifactDraft, tier_of: Mapping[str, str], state: BuildState) -> Component | None:
    """The component of an artifact; None if it is only loaded, or if it runs on nothing (which is reported)."""
    own = profile_requirements.read(part, state)
    linked = links.read(part, state)
    labels.say(part.subject, part.artifact.labels, state.statements)
    unread.artifact(part.subject, part.artifact, state.statements)
    host = next((use for use in part.of(RequirementKind.HOST) if use.draft is not None), None)
    if host is None or host.draft is None:
        if not part.of(RequirementKind.LOAD) and _readable(part) and not _unresolved(part, state):
            state.diagnostics.add(_homeless(part, state))
            artifacts.say(part, state.statements)
        return None
    if host.draft.id not in state.matches:
        return None
    if host.draft.spec is not None and host.draft.spec.href is not None:
        state.diagnostics.add(_on_existing(part, host.draft, host.draft.spec.href.span))
        return None
    made = artifacts.component(part, host, tier_of[host.draft.id], linked, own, state)
    return ProcessTypes(part, state).add(made, state.matches[host.draft.id].product)


def _not_exposed(
    components: dict[str, Component], tiers: Mapping[str, Tier], state: BuildState
) -> dict[str, Component]:
    """Record that components that answer requests are not exposed, if other components are.

    If a tier has Ports, they say who can connect, so nothing is recorded.
    """
    if not any(component.exposures for component in components.values()):
        return components
    made = dict(components)
    for id_, one in components.items():
        port = state.matches[one.host].product.port
        web = port is not None and (not one.processes or any(process.type == "web" for process in one.processes))
        opened = one.tier in tiers and tiers[one.tier].ports
        if web and not one.exposures and not opened:
            subject = Subject(SubjectKind.ARTIFACT, one.id, one.name)
            place = one.statement.span
            silent = state.statements.say(subject, kinds.NOT_EXPOSED, False, "not exposed", place)
            made[id_] = replace(one, silent=silent)
    return made


def _readable(part: ArtifactDraft) -> bool:
    """Whether the content was accepted. Refused content has been reported already."""
    return part.artifact.content.data != b""  # what the reader leaves of refused content


def _unresolved(part: ArtifactDraft, state: BuildState) -> bool:
    """Whether the requirement that says where it runs was reported already."""
    kinds_ = {kind(type_, state.catalogue) for type_ in part.artifact.unresolved}
    return "" in part.artifact.unresolved or not kinds_.isdisjoint((RequirementKind.HOST, RequirementKind.LOAD))


def _homeless(part: ArtifactDraft, state: BuildState) -> Diagnostic:
    type_ = part.artifact.artifact_type
    known = sorted({name for product in state.catalogue for name in product.artifacts})
    best = nearest(type_.value, known)
    return Diagnostic(
        "CAMP303",
        f"{part.name} has no requirement that says where it runs, and its type does not imply one: {type_.value}",
        type_.span,
        label="unknown artifact type" if type_.value not in known else "where does this run?",
        help="" if best and best != type_.value else "add a requirement with a fulfillment",
        fixes=edits.type_(type_.span, "artifact_type", type_.value, best) if best != type_.value else (),
        mistake="" if type_.value in known else f"artifact {type_.value}",
    )


def _on_existing(part: ArtifactDraft, draft: ServiceDraft, href: Span) -> Diagnostic:
    return Diagnostic(
        "CAMP317",
        f"{part.name} cannot run on {draft.name}, because the plan says that {draft.name} already exists",
        href,
        label="camp2iac installs nothing on existing services",
        related=(Label(part.artifact.span, "this requires it as its host"),),
        help=f"remove the href, so that {draft.name} becomes an instance or app of this plan",
    )
