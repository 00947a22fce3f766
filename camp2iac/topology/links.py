"""Links: what an artifact connects to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from camp2iac.catalogue import Product
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.topology import options
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.model import Link, Statement, TextValue
from camp2iac.topology.requirements import RequirementKind
from camp2iac.topology.state import BuildState
from camp2iac.topology.usage import ArtifactDraft, ServiceDraft, Use


def read(part: ArtifactDraft, state: BuildState) -> list[Link]:
    """The links of an artifact, one for each service (CAMP305: it offers nothing, CAMP308: two that differ)."""
    uses = [
        (use, use.draft, state.matches[use.draft.id].product)
        for use in part.of(RequirementKind.CONNECT)
        if use.draft is not None and use.draft.id in state.matches
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
        names = [f"{draft.id.upper().replace('-', '_')}_URL"]
        if product.link.variable and customary[product.link.variable] == 1:
            names.append(product.link.variable)
        links[draft.id] = Link(part.id, draft.id, tuple(dict.fromkeys(names)), taken, statement, use.span)
    return list(links.values())


def _again(
    use: Use,
    draft: ServiceDraft,
    first: Link,
    statement: Statement[str],
    taken: Mapping[str, Statement[TextValue]],
    state: BuildState,
) -> None:
    """The same service once more: the same link, if it is said in the same way."""
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
        f"{use.part.name} connects to {draft.name} twice, and not in the same way",
        use.span,
        label="its variables would have two values",
        related=(Label(first.span, "the other way"),),
        help="keep one of them, or let another artifact connect in the other way",
    )


def _unlinkable(use: Use, draft: ServiceDraft, product: Product) -> Diagnostic:
    return Diagnostic(
        "CAMP305",
        f"{use.part.name} connects to {draft.name}, but {product.title} offers nothing to connect to",
        use.span,
        label="no address or credentials to hand over",
        help="leave the requirement out, or name another service",
    )
