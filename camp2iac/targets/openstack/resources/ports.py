"""Machines as numbers, their ports, and the addresses that Neutron (or the environment) gives these."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, Value, body, call, expr, ref, template
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.networks import Net
from camp2iac.targets.openstack.resources import security_groups

PORT = "openstack_networking_port_v2"


def counted(shape: MachineGroup) -> list[Attribute]:
    """The locals that number a tier's machines: ``web_machines``, and ``web_slots`` where others know its addresses."""
    if not shape.many:
        return []
    count: Value = ref(f"var.{names.count(shape.id)}") if shape.variable else shape.scale.maximum
    machines = Attribute(
        f"{shape.label}_machines",
        _numbers(shape, count),
        comment="Machine => its number. Keys are stable: a machine that comes or goes leaves the others alone.",
    )
    if not shape.every_slot:
        return [machines]
    slots = Attribute(
        f"{shape.label}_slots",
        _numbers(shape, shape.scale.maximum),
        comment="Ports are there for as many as there may be: others know their addresses, and scaling changes none.",
    )
    return [machines, slots]


def _numbers(shape: MachineGroup, count: Value) -> Value:
    last = [count, " + 1"] if not isinstance(count, int) else [count + 1]
    return expr("{ for n in range(1, ", *last, ") : ", template(f"{shape.host}-", expr("n")), " => n }")


def located(shape: MachineGroup) -> list[Attribute]:
    """The locals that hold its addresses; those that nobody refers to are left out of the module afterwards."""
    found = [Attribute(shape.local(net), _all(shape, net) if shape.many else _one(shape, net)) for net in shape.nets]
    if not shape.outside:
        return found
    floating = f"openstack_networking_floatingip_v2.{shape.outside}"
    if not shape.many:
        return [*found, Attribute(shape.local_outside, ref(floating, ".address"))]
    key = f'["{shape.host}-${{n}}"].address'
    numbers = f"[for n in range(1, {shape.scale.maximum + 1}) : "
    return [*found, Attribute(shape.local_outside, expr(numbers, ref(floating, key), "]"))]


def _one(shape: MachineGroup, net: Net) -> Value:
    if shape.in_block(net):
        return call("cidrhost", shape.block, 1)
    return ref(f"{PORT}.{shape.label}_{net.label}", ".all_fixed_ips[0]")


def _all(shape: MachineGroup, net: Net) -> Value:
    numbers = f"[for n in range(1, {shape.scale.maximum + 1}) : "
    if shape.in_block(net):
        return expr(numbers, call("cidrhost", shape.block, expr("n")), "]")
    key = f'["{shape.host}-${{n}}"].all_fixed_ips[0]'
    return expr(numbers, ref(f"{PORT}.{shape.label}_{net.label}", key), "]")


def ports(shape: MachineGroup, comment: str) -> list[Block]:
    """One for each machine and network, made before the machines."""
    return [
        Block(
            "resource",
            (PORT, f"{shape.label}_{net.label}"),
            body(
                Block(
                    "fixed_ip",
                    body=body(
                        subnet_id=net.subnet(),
                        ip_address=_fixed(shape, net),
                    ),
                ),
                for_each=shape.slots,
                name=shape.server_name(f"-{net.id}"),
                network_id=net.network,
                tags=ref("local.tags"),
                security_group_ids=security_groups.of_port(shape),
            ),
            comment=comment if net is shape.nets[0] else "",
            origin=shape.tier.networks.span if shape.tier.networks else shape.tier.span,
            first=shape.first,
        )
        for net in shape.nets
    ]


def _fixed(shape: MachineGroup, net: Net) -> Value:
    if not shape.in_block(net):
        return None
    return call("cidrhost", shape.block, expr("each.value")) if shape.many else ref(f"local.{shape.local(net)}")
