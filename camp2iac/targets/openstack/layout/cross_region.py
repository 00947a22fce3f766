"""Connections between regions, which use floating IPs: private addresses and security groups belong to a region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from camp2iac.diagnostics import Span
from camp2iac.record import Record, replace
from camp2iac.synth.module import Ref, Template, call, ref, template
from camp2iac.targets.kit.references import tier_of
from camp2iac.targets.openstack.layout import networks
from camp2iac.targets.openstack.layout.listeners import known
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resource_types import FLOATING_IP
from camp2iac.topology.model import Topology


class Crossing(Record, frozen=True):
    """The tier ``user`` connects to the tier ``other`` in another region. ``span``: the place in the plan.

    ``balanced``: through the Octavia load balancer of the other tier.
    """

    user: str
    other: str
    span: Span
    balanced: bool


def crossings(
    topology: Topology, groups: Mapping[str, MachineGroup], behind: Mapping[str, str], implied: frozenset[str]
) -> tuple[Crossing, ...]:
    """Connections through links, IP(), IPALL(), and Ports from a tier. Each pair of tiers is in it once.

    ``behind``: maps tiers to their HAProxy tiers, which links use. ``implied``: the components that are public by
    default.
    """
    found: dict[tuple[str, str, bool], Crossing] = {}
    for each in _spoken(topology, behind, implied):
        one, two = groups.get(each.user), groups.get(each.other)
        if one and two and one.region is not two.region:
            key = (each.user, each.other, each.balanced)
            first = found.get(key)
            if first is None or each.span < first.span:
                found[key] = each
    return tuple(found[key] for key in sorted(found))


def _spoken(topology: Topology, behind: Mapping[str, str], implied: frozenset[str]) -> Iterator[Crossing]:
    for component in topology.components.values():
        for link in component.links:
            tier = topology.tiers.get(topology.services[link.service].tier)
            if tier is not None:
                balanced = (tier.balance is not None or tier.id in behind) and known(topology, tier, implied)
                other = behind.get(tier.id, tier.id) if balanced else tier.id
                yield Crossing(component.tier, other, link.span, balanced and other == tier.id)
    for user, text in topology.texts:
        for reference in text.references:
            if reference.kind in ("IP", "IPALL"):
                yield Crossing(user, tier_of(topology, reference.name), reference.span, balanced=False)
    for tier in topology.tiers.values():
        for statement in tier.ports:
            for opened in (each for each in statement.value if not each.asked):
                yield Crossing(opened.source, tier.id, opened.source_span or statement.span, balanced=False)


def mark(
    topology: Topology,
    groups: Mapping[str, MachineGroup],
    behind: Mapping[str, str],
    implied: frozenset[str],
    crossed: Iterable[Crossing],
) -> Mapping[str, MachineGroup]:
    """The groups with the floating IPs that other regions need: one for each slot, or that of the load balancer.

    ``behind``: maps tiers to their HAProxy tiers, which have their endpoints.
    """
    speak = {each.user for each in crossed} | {each.other for each in crossed if not each.balanced}
    floats = {id_: _floating(topology, groups[id_], implied, behind) for id_ in speak}
    balanced = {each.other for each in crossed if each.balanced}
    return {
        id_: replace(
            group,
            outside=floats.get(id_, ""),
            every_slot=group.every_slot or bool(floats.get(id_)),
            vip_outside=id_ in balanced,
        )
        for id_, group in groups.items()
    }


def _floating(topology: Topology, group: MachineGroup, implied: frozenset[str], behind: Mapping[str, str]) -> str:
    """The label of the floating IPs of a tier's instances; empty if they have none."""
    if group.tier.balance:
        return f"{group.label}_machine" if group.floating else ""
    if group.id in behind:
        return group.label if group.floating else ""
    if group.id in behind.values():  # links use it if other regions may know its address
        return group.label
    return group.label if known(topology, group.tier, implied) else ""


def balancer(group: MachineGroup) -> Ref:
    """The address of a tier's load balancer for other regions."""
    return ref(f"{FLOATING_IP}.{group.label}", ".address")


class End(Record, frozen=True):
    """The remote addresses in a rule of another region: a block, and ``each`` if every instance has its own block.

    ``first``: the key of the first instance; empty if the block does not belong to an instance.
    """

    cidr: Template
    each: Ref | None = None
    first: str = ""


def destination(group: MachineGroup) -> End:
    """The remote addresses of a rule for egress to a tier."""
    key = "[each.key]" if group.many else ""
    cidr = template(ref(f"{FLOATING_IP}.{group.outside}", f"{key}.address"), "/32")
    return End(cidr, group.slots, group.first)


def source(group: MachineGroup) -> End | None:
    """The remote addresses of a rule for ingress from a tier: the instances' floating IPs, or else their router's.

    None if neither is known.
    """
    if group.outside:
        return destination(group)
    if group.nets[0].interface is None and not group.region.settings.router:
        return None
    # A mocked provider has no such block. Neutron refuses the other value.
    address = call("try", networks.router(group.region, "external_fixed_ip[0].ip_address"), "no-address")
    return End(template(address, "/32"))


def sources(group: MachineGroup) -> tuple[Template, ...]:
    """All source addresses of a tier, one for each instance."""
    if group.outside and group.many:
        keys = [f'["{group.host}-{n}"]' for n in range(1, group.scale.maximum + 1)]
        return tuple(template(ref(f"{FLOATING_IP}.{group.outside}", f"{key}.address"), "/32") for key in keys)
    found = source(group)
    return (found.cidr,) if found else ()
