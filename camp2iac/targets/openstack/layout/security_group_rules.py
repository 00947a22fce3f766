"""Security group rules: one for each end of a connection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from camp2iac.diagnostics import Span
from camp2iac.record import Record, replace
from camp2iac.synth.module import Template, Value
from camp2iac.targets.openstack.layout import cross_region, names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup

ANYWHERE = "0.0.0.0/0"


class Ports(Record, frozen=True):
    """The ports ``first`` to ``last`` of a protocol."""

    protocol: Literal["tcp", "udp"]
    first: int
    last: int


class Flow(Record, frozen=True):
    """A connection. ``what``: its protocol, for people. ``reason``: the part of the plan that requires it."""

    what: str
    ports: Ports
    reason: str
    span: Span


class SecurityGroupRule(Record, frozen=True):
    """A rule of a tier's group. ``peer``: the label of another group, or ``cidr``. ``reasons``: parts of the plan.

    ``each``: its ``for_each``, if the tier at the other end can have several instances. ``key``: the key of the first
    of them. ``toward``: the label of the tier in another region that it leads to. ``unless``: the blocks of other rules
    for the same ports, if the block is known only when Terraform plans, because Neutron refuses duplicates.
    ``balancer``: it allows an Octavia load balancer. ``parameter``: its block is that of a parameter. ``given``: the
    comment for a part of the environment file. ``source``: the tier at the other end, or the parameter.
    ``what``: the protocol, for people; empty for endpoints and load balancers.
    """

    tier: str
    label: str
    description: str
    direction: Literal["ingress", "egress"]
    ports: Ports
    reasons: tuple[str, ...]
    origin: Span | None
    peer: str | None = None
    cidr: Value = None
    each: Value = None
    key: str = ""
    toward: str = ""
    unless: tuple[Value, ...] = ()
    balancer: bool = False
    parameter: bool = False
    given: str = ""
    source: str = ""
    what: str = ""

    @property
    def meaning(self) -> tuple[object, ...]:
        """The fields by which Neutron compares rules."""
        return (self.tier, self.direction, self.ports, self.peer, self.cidr)


def merged(rules: Iterable[SecurityGroupRule]) -> tuple[SecurityGroupRule, ...]:
    """The rules without duplicates, sorted by tier, direction and label."""
    found: dict[tuple[object, ...], SecurityGroupRule] = {}
    for rule in rules:
        same = found.get(rule.meaning)
        reasons = tuple(dict.fromkeys((*same.reasons, *rule.reasons))) if same else rule.reasons
        given = (same.given if same else "") or rule.given
        found[rule.meaning] = replace(same or rule, reasons=tuple(sorted(reasons)), given=given)
    return _once(sorted(found.values(), key=_order))


def _order(rule: SecurityGroupRule) -> tuple[str, bool, str]:
    return rule.tier, rule.direction == "egress", rule.label


def _once(found: Iterable[SecurityGroupRule]) -> tuple[SecurityGroupRule, ...]:
    """The rules, where those with a parameter's block get the blocks of other rules for the same ports in ``unless``.

    Blocks that are unknown until the apply (floating IPs) are left out.
    """
    made: list[SecurityGroupRule] = []
    known: dict[tuple[object, ...], list[Value]] = {}
    for rule in sorted(found, key=lambda rule: rule.parameter):
        if rule.cidr is None or isinstance(rule.cidr, Template):
            made.append(rule)
            continue
        blocks = known.setdefault((rule.tier, rule.direction, rule.ports), [])
        made.append(replace(rule, unless=tuple(blocks)) if rule.parameter else rule)
        blocks.append(rule.cidr)
    return tuple(sorted(made, key=_order))


def between(user: MachineGroup, other: MachineGroup, name: str, flow: Flow) -> tuple[SecurityGroupRule, ...]:
    """The rules at both ends of a connection between two tiers; between two regions, with floating IPs.

    ``name``: the name of the destination in labels.
    """
    comes = SecurityGroupRule(
        tier=other.id,
        label=names.label(name, "from", user.id),
        description=f"{flow.what} from the tier {user.id}",
        direction="ingress",
        ports=flow.ports,
        reasons=(flow.reason,),
        origin=flow.span,
        source=user.id,
        what=flow.what,
    )
    goes = SecurityGroupRule(
        tier=user.id,
        label=names.label(user.id, "to", name),
        description=f"{flow.what} to the tier {other.id}",
        direction="egress",
        ports=flow.ports,
        reasons=(flow.reason,),
        origin=flow.span,
        source=other.id,
        what=flow.what,
    )
    if user.region is other.region:
        return replace(comes, peer=user.label), replace(goes, peer=other.label)
    source = cross_region.source(user)
    if not other.outside or source is None:  # CAMP450
        return ()
    there = cross_region.destination(other)
    return (
        replace(comes, cidr=source.cidr, each=source.each, key=source.first),
        replace(goes, cidr=there.cidr, each=there.each, key=there.first, toward=other.label),
    )
