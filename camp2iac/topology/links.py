"""Links: what an artifact connects to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from camp2iac.camp.model import ArtifactReference
from camp2iac.catalogue import Product
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.topology import options
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.calls import COMPONENT
from camp2iac.topology.model import Link, Statement, TextValue
from camp2iac.topology.requirements import RequirementKind
from camp2iac.topology.state import BuildState
from camp2iac.topology.usage import ArtifactDraft, ServiceDraft, Use


def read(part: ArtifactDraft, state: BuildState) -> list[Link]:
    """The links of an artifact, one per service (CAMP305: the service offers none; CAMP308: two that differ)."""
    uses = [
        (use, use.draft, state.matches[use.draft.id].product)
        for use in part.of(RequirementKind.CONNECT)
        if use.draft is not None and use.draft.id in state.matches and use.callee is None
    ]
    products = {draft.id: product for _, draft, product in uses}
    customary = Counter(product.link.variable for product in products.values() if product.link)
    links: dict[str, Link] = {}
    for use, draft, product in uses:
        if product.link is None:
            state.diagnostics.add(_unlinkable(use, draft, product))
            continue
        words = f"{use.local_type} {draft.name}"
        statement = state.statements.say(part.subject, kinds.CONNECT, draft.id, words, use.span, name=draft.id)
        taken = options.read(use, product, state)
        if (first := links.get(draft.id)) is not None:
            _again(use, draft, first, statement, taken, state)
            continue
        names = [_url(state.former.id(draft.id, "service", "artifact"))]
        if product.link.variable and customary[product.link.variable] == 1:
            names.append(product.link.variable)
        links[draft.id] = Link(part.id, draft.id, tuple(dict.fromkeys(names)), taken, statement, use.span)
    return [*links.values(), *_calls(part, state)]


def _url(id_: str) -> str:
    """The variable of a service or component. ``id_``: the oldest one, because programs read the variable."""
    return f"{id_.upper().replace('-', '_')}_URL"


def _calls(part: ArtifactDraft, state: BuildState) -> list[Link]:
    """The links to other components. Each way of naming one gets its variables."""
    found: dict[tuple[str, str], Link] = {}
    for use in part.of(RequirementKind.CONNECT):
        draft, callee = use.draft, use.callee
        if draft is None or callee is None or draft.id not in state.matches:
            continue
        by_name = use.requirement is not None and isinstance(use.requirement.fulfillment, ArtifactReference)
        node = callee if by_name else draft
        old = state.former.id(node.id, "artifact") if by_name else state.former.id(node.id, "service", "artifact")
        words = f"{use.local_type} {node.name}"
        statement = state.statements.say(part.subject, kinds.CONNECT, node.id, words, use.span, name=node.id)
        taken = options.read(use, COMPONENT, state)
        first = found.get((callee.id, node.id))
        if first is not None:
            state.statements.repeats(statement, first.statement)
            continue
        found[callee.id, node.id] = Link(
            part.id, draft.id, (_url(old),), taken, statement, use.span, callee=callee.id, named=node.id
        )
    return list(found.values())


def _again(
    use: Use,
    draft: ServiceDraft,
    first: Link,
    statement: Statement[str],
    taken: Mapping[str, Statement[TextValue]],
    state: BuildState,
) -> None:
    """Add a second requirement of the same service to its link, if both are the same."""
    if _parts(taken) != _parts(first.options):
        state.diagnostics.add(_twice(use, draft, first))
    state.statements.repeats(statement, first.statement)
    for key, option in taken.items():
        if key in first.options:
            state.statements.repeats(option, first.options[key])


def _parts(found: Mapping[str, Statement[TextValue]]) -> dict[str, tuple[object, ...]]:
    return {key: option.value.parts for key, option in found.items()}


def _twice(use: Use, draft: ServiceDraft, first: Link) -> Diagnostic:
    return Diagnostic(
        "CAMP308",
        f"{use.part.name} connects to {draft.name} twice, with different parameters",
        use.span,
        label="its variables would have two values",
        related=(Label(first.span, "the first requirement"),),
        help="remove one of the requirements, or move it to another artifact",
    )


def _unlinkable(use: Use, draft: ServiceDraft, product: Product) -> Diagnostic:
    return Diagnostic(
        "CAMP305",
        f"{use.part.name} connects to {draft.name}, but {product.title} accepts no connections",
        use.span,
        label="it has no address or credentials",
        help="remove the requirement, or name another service",
    )
