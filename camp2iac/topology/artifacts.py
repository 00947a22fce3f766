"""Artifacts that become components (they run on a service) and jobs (they are loaded into one)."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.camp.model import Artifact
from camp2iac.catalogue import Product
from camp2iac.diagnostics import Span
from camp2iac.diagnostics.located import located
from camp2iac.topology import options
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.model import BUILD, Component, Job, Link, Statement
from camp2iac.topology.profile_requirements import ProfileRequirements
from camp2iac.topology.requirements import RequirementKind
from camp2iac.topology.state import BuildState
from camp2iac.topology.statements import Statements
from camp2iac.topology.usage import ArtifactDraft, ServiceDraft, Use


def content_words(artifact: Artifact) -> str:
    """Describe the content: ``web/``, ``db/schema.sql``, ``the package``, ``12 bytes of data``."""
    content = artifact.content
    if content.data is not None:
        return f"{len(content.data)} bytes of data"
    if content.home == "":
        return "the package"
    named = content.href.value if content.href else ""
    return f"{named} in {content.path or 'the package'}" if content.at else named


def say(part: ArtifactDraft, statements: Statements) -> Statement[str]:
    """Record what an artifact is: ``org.python:src, web/``."""
    type_ = part.artifact.artifact_type
    words = f"{type_.value}, {content_words(part.artifact)}"
    return statements.say(part.subject, kinds.ARTIFACT, type_.value, words, type_.span)


def job(use: Use, service: ServiceDraft, product: Product, state: BuildState) -> Job:
    """The job that loads an artifact into a service."""
    part = use.part
    type_ = located(part.artifact.artifact_type.value, part.artifact.artifact_type.span)
    words = f"{use.local_type} {service.name}, {content_words(part.artifact)}"
    return Job(
        id=part.id,
        kind=product.artifacts.get(type_, ""),
        content=part.artifact.content,
        service=service.id,
        options=options.read(use, product, state),
        statement=state.statements.say(part.subject, kinds.LOAD, type_, words, use.span, name=service.id),
        span=part.artifact.span,
        several=len({other.draft.id for other in part.of(RequirementKind.LOAD) if other.draft}) > 1,
    )


def component(
    part: ArtifactDraft, host: Use, tier: str, links: Iterable[Link], own: ProfileRequirements, state: BuildState
) -> Component:
    """The component that an artifact becomes. ``host``: its use of the (known) service that it runs on."""
    assert host.draft is not None  # noqa: S101 - for the type checker
    artifact = part.artifact
    product = state.matches[host.draft.id].product
    return Component(
        id=part.id,
        name=part.name,
        kind=product.artifacts.get(artifact.artifact_type.value, product.name),
        content=artifact.content,
        host=host.draft.id,
        tier=tier,
        options=options.read(host, product, state),
        processes=tuple(sorted((each for each in own.processes if each.type != BUILD), key=lambda each: each.type)),
        variables=tuple(sorted(own.variables, key=lambda variable: variable.name)),
        exposures=tuple(sorted(own.exposures, key=lambda e: (e.port.value if e.port else 0, e.protocol))),
        links=tuple(sorted(links, key=lambda link: (link.service, link.span))),
        statement=say(part, state.statements),
        span=_span(artifact),
        schedules=tuple(sorted(own.schedules, key=lambda schedule: schedule.name)),
        build=next((each for each in own.processes if each.type == BUILD), None),
        packages=tuple(own.packages),
    )


def _span(artifact: Artifact) -> Span:
    return artifact.labels.name.span if artifact.labels.name else artifact.span
