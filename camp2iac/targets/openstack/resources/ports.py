"""The numbers of instances, their ports, and the addresses of the ports."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, Value, body, call, expr, ref
from camp2iac.targets.kit import ModuleBuilder, blocks
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.networks import Net
from camp2iac.targets.openstack.resource_types import FLOATING_IP, PORT
from camp2iac.targets.openstack.resources import security_groups


def counted(group: MachineGroup) -> list[Attribute]:
    """The locals that number a tier's instances: ``web_machines``, and ``web_slots`` if others use its addresses."""
    if not group.many:
        return []
    count: Value = ref(f"var.{names.count(group.id)}") if group.variable else group.scale.maximum
    machines = Attribute(
        f"{group.label}_machines",
        blocks.numbered(group.host, count),
        comment="Instance => its number. Scaling adds or removes the last keys, and does not change the others.",
    )
    if not group.every_slot:
        return [machines]
    slots = Attribute(
        f"{group.label}_slots",
        blocks.numbered(group.host, group.scale.maximum),
        comment="Ports for the largest scale. Other instances use their addresses, so scaling must not change them.",
    )
    return [machines, slots]


def located(group: MachineGroup) -> list[Attribute]:
    """The locals with its addresses. :mod:`.unused` removes those without a reference later."""
    found = [Attribute(group.local(net), _all(group, net) if group.many else _one(group, net)) for net in group.nets]
    if not group.outside:
        return found
    floating = f"{FLOATING_IP}.{group.outside}"
    if not group.many:
        return [*found, Attribute(group.local_outside, ref(floating, ".address"))]
    key = f'["{group.host}-${{n}}"].address'
    numbers = f"[for n in range(1, {group.scale.maximum + 1}) : "
    return [*found, Attribute(group.local_outside, expr(numbers, ref(floating, key), "]"))]


def _one(group: MachineGroup, net: Net) -> Value:
    if group.in_block(net):
        return call("cidrhost", group.block, 1)
    return ref(f"{PORT}.{group.label}_{net.label}", ".all_fixed_ips[0]")


def _all(group: MachineGroup, net: Net) -> Value:
    numbers = f"[for n in range(1, {group.scale.maximum + 1}) : "
    if group.in_block(net):
        return expr(numbers, call("cidrhost", group.block, expr("n")), "]")
    key = f'["{group.host}-${{n}}"].all_fixed_ips[0]'
    return expr(numbers, ref(f"{PORT}.{group.label}_{net.label}", key), "]")


def add(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """A port for each instance and network."""
    before = layout.before.get(group.id)
    node = made.plan(f"{before.id if before else group.id}, Placement: networks")
    for net in group.nets:
        fixed = Block("fixed_ip", body=body(subnet_id=net.subnet(), ip_address=_fixed(group, net)))
        made.repeated(
            group.file,
            PORT,
            f"{group.label}_{net.label}",
            group.first,
            fixed,
            comment=node if group.tier.networks and net is group.nets[0] else "",
            origin=group.tier.networks.span if group.tier.networks else group.tier.span,
            for_each=group.slots,
            provider=group.provider,
            name=group.server_name(f"-{net.id}"),
            network_id=net.network,
            tags=ref("local.tags"),
            security_group_ids=security_groups.of_port(group),
        )


def _fixed(group: MachineGroup, net: Net) -> Value:
    if not group.in_block(net):
        return None
    return call("cidrhost", group.block, expr("each.value")) if group.many else ref(f"local.{group.local(net)}")
