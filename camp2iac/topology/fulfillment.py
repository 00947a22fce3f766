"""Fulfil requirements that name no service, with the only service of the plan that fits or with a new one."""

from __future__ import annotations

from camp2iac.catalogue import Catalogue, Product
from camp2iac.diagnostics import Diagnostic
from camp2iac.topology.ids import slug
from camp2iac.topology.match import Match
from camp2iac.topology.requirements import RequirementKind
from camp2iac.topology.state import BuildState
from camp2iac.topology.usage import ArtifactDraft, ServiceDraft, Use


def hosts(state: BuildState) -> None:
    """Give artifacts without a service to run on a service of their own, if their type runs (CAMP308: two services)."""
    for part in state.usage.parts.values():
        uses = part.of(RequirementKind.HOST) or _implied(part, state.catalogue)
        for use in uses[:1]:
            if use.draft is None:
                drafts = state.usage.drafts
                use.draft = drafts.get(part.id) or ServiceDraft(part.id, part.name, None, part.artifact.span)
                drafts[part.id] = use.draft
                use.draft.uses.append(use)
        for extra in uses[1:]:
            state.diagnostics.add(_two(extra))


def _implied(part: ArtifactDraft, catalogue: Catalogue) -> list[Use]:
    """The use of a host that the artifact's type implies."""
    type_ = part.artifact.artifact_type.value
    if part.of(RequirementKind.LOAD) or not any(p.role == "runtime" for p in catalogue.with_artifact(type_)):
        return []
    use = Use(part, RequirementKind.HOST, None)
    part.uses.append(use)
    return [use]


def _two(extra: Use) -> Diagnostic:
    return Diagnostic(
        "CAMP308",
        f"{extra.part.name} requires two services to run on",
        extra.span,
        label="an artifact runs on one service",
        help="keep one of them, or put both on one tier:  org.camp2iac:Placement, tier",
    )


def others(state: BuildState) -> None:
    """Fulfil a requirement to connect or load with the only service that fits, or a new one (CAMP304: impossible)."""
    for part in state.usage.parts.values():
        for use in part.of(RequirementKind.CONNECT, RequirementKind.LOAD):
            if use.draft is None and use.requirement is not None:
                _fulfil(use, use.requirement.requirement_type.value, state)


def _fulfil(use: Use, type_: str, state: BuildState) -> None:
    wanted = _wanted(use, type_, state.catalogue)
    fitting = [
        draft
        for draft in state.usage.drafts.values()
        if draft.id in state.matches and state.matches[draft.id].product.name in wanted
    ]
    if len(fitting) == 1:
        use.draft = fitting[0]
        use.draft.uses.append(use)
        return
    product = min(wanted.values(), key=lambda p: (not p.default, p.name), default=None)
    if product is None or fitting:
        state.diagnostics.add(_undecided(use, fitting))
        return
    part = use.part
    own = ServiceDraft(slug(f"{part.id}-{product.name}"), f"{part.name} {product.name}", None, part.artifact.span)
    use.draft = state.usage.drafts.setdefault(own.id, own)
    use.draft.uses.append(use)
    state.matches.setdefault(use.draft.id, Match(product, (), None, ()))


def _wanted(use: Use, type_: str, catalogue: Catalogue) -> dict[str, Product]:
    """The products that fulfil it, by name."""
    found = {product.name: product for product in catalogue.with_requirement(type_)}
    if use.kind is RequirementKind.LOAD:
        loaded = catalogue.with_artifact(use.part.artifact.artifact_type.value)
        found.update((product.name, product) for product in loaded if product.role == "service")
    return found


def _undecided(use: Use, fitting: list[ServiceDraft]) -> Diagnostic:
    names = ", ".join(sorted(draft.name for draft in fitting))
    return Diagnostic(
        "CAMP304",
        f"{use.part.name} {use.kind.value} a service, but the requirement does not name it",
        use.span,
        label=f"{names} would fulfil it" if fitting else "no service of this plan fulfils it",
        help="add  fulfillment: id:NAME",
    )
