"""A bastion (``ssh_from: { tier, from }``): the tier through which operators reach all other tiers over SSH."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from camp2iac.record import Record, replace
from camp2iac.synth.module import Value, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.security_group_rules import Flow, Ports, SecurityGroupRule, between
from camp2iac.targets.openstack.layout.settings import Bastion
from camp2iac.targets.openstack.layout.traffic import Traffic
from camp2iac.targets.openstack.resource_types import FLOATING_IP

SSH = 22
_PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16")))  # RFC 1918, 6598


class BastionTier(Record, frozen=True):
    """The bastion's tier, the tiers that it reaches, and those in other regions, which stay closed."""

    group: MachineGroup
    reached: tuple[MachineGroup, ...]
    closed: tuple[MachineGroup, ...]


def find(traffic: Traffic, given: Bastion | None) -> BastionTier | None:
    """The bastion of the environment file; None if there is none, or if the plan has no such tier (CAMP601)."""
    group = traffic.groups.get(given.tier) if given is not None else None
    if group is None:
        return None
    others = [each for each in traffic.groups.values() if each is not group]
    return BastionTier(
        group,
        tuple(each for each in others if each.region is group.region),
        tuple(each for each in others if each.region is not group.region),
    )


def rules(traffic: Traffic, given: Bastion | None, comment: str) -> Iterator[SecurityGroupRule]:
    """SSH from the operators' networks to the bastion, and from the bastion to each other tier of its region."""
    bastion = find(traffic, given)
    if bastion is None or given is None:
        return
    for source in given.sources:
        yield SecurityGroupRule(
            tier=bastion.group.id,
            label=names.label(bastion.group.id, "ssh", "from", source),
            description=f"SSH from {source}",
            direction="ingress",
            ports=Ports("tcp", SSH, SSH),
            reasons=(),
            origin=None,
            cidr=source,
            given=comment,
            what="SSH",
        )
    for other in bastion.reached:
        flow = Flow("SSH", Ports("tcp", SSH, SSH), "", other.tier.span)
        for rule in between(bastion.group, other, f"{other.id}-ssh", flow):
            yield replace(rule, reasons=(), origin=None, given=comment)


def outside(group: MachineGroup, *, public: bool) -> bool:
    """Whether each of a tier's instances has a floating IP. ``public``: the tier has a public endpoint."""
    return group.floating or (group.tier.balance is None and (public or bool(group.outside)))


def address(group: MachineGroup, *, public: bool) -> Value:
    """The address of the bastion's first instance for operators: its floating IP if it has one."""
    if not outside(group, public=public):
        return group.first_port(group.nets[0])
    label = f"{group.label}_machine" if group.tier.balance is not None else group.label
    return ref(f"{FLOATING_IP}.{label}", f'["{group.first}"].address' if group.many else ".address")


def reachable(given: Bastion, group: MachineGroup, *, public: bool) -> bool:
    """Whether operators can reach the bastion: it has a floating IP, or all of them are in private networks."""
    return outside(group, public=public) or all(_private(source) for source in given.sources)


def _private(source: str) -> bool:
    try:
        network = IPv4Network(source)
    except ValueError:  # CAMP620
        return True
    return any(network.subnet_of(block) for block in _PRIVATE)
