"""Calls between components: load balancers that only calls need, and the address of each callee for its callers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.record import replace
from camp2iac.topology.model import Balance, Link, Statement, Tier, Topology
from camp2iac.topology.statement_kinds import BALANCE
from camp2iac.topology.statements import Statements, Subject, SubjectKind


def balanced(plan: Topology) -> Topology:
    """The topology, with a load balancer for each tier that others call, that may have several instances, and that has
    no Balance.

    A caller has one address. Without a load balancer, it would reach only the first instance. A tier that also keeps
    data for links gets none, because a load balancer does not turn several databases into one (CAMP407).
    """
    tried = ((id_, _with_balance(plan, id_)) for id_ in plan.tiers)
    found = {id_: tier for id_, tier in tried if tier is not None}
    return replace(plan, tiers={**plan.tiers, **found}) if found else plan


def _with_balance(plan: Topology, id_: str) -> Tier | None:
    tier = plan.tiers[id_]
    if tier.balance is not None or tier.scale is None or tier.scale.value.maximum < 2:
        return None
    links = [link for service in tier.services for link in plan.users(service)]
    outside = [link for link in links if plan.components[link.component].tier != id_]
    if not outside or any(not link.callee for link in outside):
        return None
    return replace(tier, balance=_statement(tier, sorted(outside, key=lambda link: (link.component, link.to))))


def _statement(tier: Tier, calls: Sequence[Link]) -> Statement[Balance]:
    subject = Subject(SubjectKind.PLAN, tier.id, tier.id)  # no statement of the plan has this subject
    words = "; ".join(dict.fromkeys(f"{call.component}, ConnectTo {call.to}" for call in calls))
    return Statements().say(subject, BALANCE, Balance("round-robin", False, None, derived=True), words, calls[0].span)


def reason(tier: Tier) -> str:
    """The part of the plan that a tier's load balancer comes from, for comments."""
    balance = tier.balance
    return balance.words if balance is not None and balance.value.derived else f"{tier.id}, Balance"


def of(topology: Topology, tier: str) -> Mapping[str, Link]:
    """The components that those of a tier call, each with one of the calls, by id."""
    links = (link for component in topology.tier_components(tier) for link in component.links if link.callee)
    return {link.callee: link for link in links}
