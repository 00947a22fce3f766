"""Tiers: services that share instances, and the statements about these instances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.record import Record
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.ids import slug
from camp2iac.topology.match import EXTERNAL
from camp2iac.topology.model import Statement, Tier
from camp2iac.topology.state import BuildState
from camp2iac.topology.statements import StatementKind, SubjectKind
from camp2iac.topology.usage import ServiceDraft

V = TypeVar("V")


class Tiers(Record, frozen=True):
    """``tiers``: by id, sorted. ``of``: the tier of each service."""

    tiers: dict[str, Tier]
    of: dict[str, str]


def make(networks: Mapping[str, Mapping[str, Span]], state: BuildState) -> Tiers:
    """Sort services into tiers. Services of a tier that say different things about it are an error (CAMP322).

    ``networks``: the networks of each service, with their places (CAMP332: the plan does not declare it).
    """
    members: dict[str, list[ServiceDraft]] = {}
    of: dict[str, str] = {}
    for draft in sorted(state.usage.drafts.values(), key=lambda draft: draft.span):
        placed = state.statements.first(draft.subject, kinds.TIER)
        of[draft.id] = slug(placed.value) if placed else draft.id
        matched = state.matches.get(draft.id)
        if matched is None or matched.product is EXTERNAL or matched.product.managed:
            continue
        if not _elsewhere(draft):
            members.setdefault(of[draft.id], []).append(draft)
    made = {}
    for id_, services in sorted(members.items()):
        made[id_] = _tier(id_, services, state)
        for draft in services:
            _known_networks(draft, networks.get(draft.id, {}), state)
    return Tiers(made, of)


def _tier(id_: str, services: list[ServiceDraft], state: BuildState) -> Tier:
    def one(kind: StatementKind[V]) -> Statement[V] | None:
        return _one(kind, id_, services, state)

    def every(kind: StatementKind[V]) -> tuple[Statement[V], ...]:
        return tuple(each for draft in services for each in state.statements.about(draft.subject, kind))

    spec = services[0].spec
    return Tier(
        id=id_,
        services=tuple(draft.id for draft in services),
        scale=one(kinds.SCALE),
        compute=one(kinds.COMPUTE),
        region=one(kinds.REGION),
        zone=one(kinds.ZONE),
        spread=one(kinds.SPREAD),
        together=one(kinds.TOGETHER),
        networks=one(kinds.NETWORKS),
        floating=one(kinds.FLOATING),
        key_pair=one(kinds.KEY_PAIR),
        volumes=every(kinds.VOLUME),
        ports=every(kinds.PORTS),
        balance=one(kinds.BALANCE),
        span=spec.id.span if spec and spec.id else services[0].span,
        security_groups=one(kinds.SECURITY_GROUPS),
    )


def _elsewhere(draft: ServiceDraft) -> bool:
    return draft.spec is not None and draft.spec.href is not None


def _one(kind: StatementKind[V], tier: str, services: list[ServiceDraft], state: BuildState) -> Statement[V] | None:
    """The statement that counts among those of a tier's services."""
    return agreed(tier, (each for draft in services for each in state.statements.about(draft.subject, kind)), state)


def agreed(
    tier: str, statements: Iterable[Statement[V] | None], state: BuildState, *, repeat: bool = True
) -> Statement[V] | None:
    """The statement about a tier that counts: the first. CAMP322: another one differs.

    ``repeat``: equal ones share its outcome.
    """
    first: Statement[V] | None = None
    for statement in statements:
        if first is None or statement is None:
            first = first or statement
        elif statement.value != first.value:
            state.diagnostics.add(_differ(tier, first, statement))
        elif repeat:
            state.statements.repeats(statement, first)
    return first


def _differ(tier: str, first: Statement[V], second: Statement[V]) -> Diagnostic:
    what = "processes" if second.subject.kind is SubjectKind.ARTIFACT else "services"
    return Diagnostic(
        "CAMP322",
        f"{what} of tier {tier} share instances, but differ: {first.words} and {second.words}",
        second.span,
        label=f"in {second.subject.name}",
        related=(Label(first.span, f"in {first.subject.name}"),),
        help=f"write it once, or give one of the {what} its own tier",
    )


def _known_networks(draft: ServiceDraft, named: Mapping[str, Span], state: BuildState) -> None:
    networks = state.declared.networks
    for name, span in named.items():
        if name in networks:
            continue
        best = nearest(name, networks)
        if networks:
            help_ = f"the plan has {choices(name, networks)}"
        else:
            help_ = f"declare it in the plan:  org.camp2iac:Networks: {{ {name}: {{ cidr: 10.20.1.0/24 }} }}"
        state.diagnostics.add(
            Diagnostic(
                "CAMP332",
                f"{draft.name} is on a network that is not in this plan: {name}",
                span,
                label="no network has this name",
                related=(Label(networks[best].span, "did you mean this one?"),) if best else (),
                help="" if best else help_,
                fixes=edits.part(span, name, best),
                mistake=name,
            )
        )
