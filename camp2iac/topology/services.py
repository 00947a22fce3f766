"""The services of a plan."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.topology import artifacts, labels, named_products, unread
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.match import match
from camp2iac.topology.model import Component, Service
from camp2iac.topology.requirements import RequirementKind
from camp2iac.topology.state import BuildState
from camp2iac.topology.usage import ServiceDraft


def choose(draft: ServiceDraft, state: BuildState) -> None:
    """Find the product of a service. Characteristics that no product has are recorded."""
    found = match(draft, state.catalogue, state.statements, state.diagnostics)
    if found is None:
        return
    state.matches[draft.id] = found
    for characteristic in found.other:
        type_ = characteristic.characteristic_type
        name = type_.value
        state.statements.say(draft.subject, kinds.CHARACTERISTIC, name, name, type_.span, name=name)
    if draft.spec is not None:
        unread.service(draft.subject, draft.spec, found.product, state.statements)


def make(tier_of: Mapping[str, str], components: Mapping[str, Component], state: BuildState) -> dict[str, Service]:
    """Build the services: by id, sorted."""
    hosted: dict[str, list[str]] = {}
    for component in components.values():
        hosted.setdefault(component.host, []).append(component.id)
    drafts = sorted(state.usage.drafts.values(), key=lambda draft: draft.id)
    return {
        draft.id: _service(draft, tier_of[draft.id], tuple(sorted(hosted.get(draft.id, ()))), state)
        for draft in drafts
        if draft.id in state.matches
    }


def _service(draft: ServiceDraft, tier: str, components: tuple[str, ...], state: BuildState) -> Service:
    matched, statements, spec = state.matches[draft.id], state.statements, draft.spec
    uses = sorted(draft.uses, key=lambda use: use.span)
    jobs = [artifacts.job(use, draft, matched.product, state) for use in uses if use.kind is RequirementKind.LOAD]
    href = None
    if spec is not None:
        labels.say(draft.subject, spec.labels, statements)
        if spec.href is not None:
            words = f"href {spec.href.value}"
            href = statements.say(draft.subject, kinds.HREF, spec.href.value, words, spec.href.span)
    attributes = statements.about(draft.subject, kinds.ATTRIBUTE)
    return Service(
        id=draft.id,
        name=draft.name,
        product=matched.product,
        tier=tier,
        href=href,
        chosen_by=matched.chosen_by,
        version=matched.version,
        attributes={statement.key.name: statement for statement in sorted(attributes, key=lambda each: each.key.name)},
        components=components,
        jobs=tuple(jobs),
        span=spec.id.span if spec and spec.id else draft.span,
        placed=statements.first(draft.subject, kinds.TIER),
        named=named_products.find(spec, matched.product) if spec and not href else (),
    )
