"""Public addresses, and the names that lead to them."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.synth.module import Attribute, Block, Ref, Value, body, expr, ref
from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.networks import external
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.targets.openstack.resources.balancers import LOAD_BALANCER, subnet

FLOATING = "openstack_networking_floatingip_v2"


def public(endpoints: Sequence[Endpoint]) -> bool:
    """Whether anything of a tier is for the world."""
    return any(endpoint.public for endpoint in endpoints)


def each_machine(shape: MachineGroup, endpoints: Sequence[Endpoint]) -> bool:
    """Whether its public address is one for each machine (True) or its balancer's (False)."""
    return shape.tier.balance is None


def needed(shape: MachineGroup, endpoints: Sequence[Endpoint]) -> bool:
    """Whether its balancer, or each of its machines, has one: it is public, the plan says so, or links go by it."""
    floating = shape.tier.floating
    wanted = floating is not None and floating.value
    alone = shape.tier.balance is None
    return public(endpoints) or shape.vip_outside or (alone and (wanted or bool(shape.outside)))


def blocks(shape: MachineGroup, endpoints: Sequence[Endpoint], file: str, ledger: Ledger) -> list[Block]:
    """The tier's public address: the balancer's or each machine's; and those that Placement asks for."""
    made = []
    floating = shape.tier.floating
    wanted = floating is not None and floating.value
    if needed(shape, endpoints):
        asked = [f"{file}: {e.reason}{'' if e.implied else ': public'}" for e in endpoints if e.public]
        if wanted and shape.tier.balance is None:
            asked.append(f"{file}: {shape.id}, Placement: floating")
        if not asked:
            asked.append(f"{file}: links from other regions go by what balances")
        made.append(_block(shape, shape.label, "; ".join(sorted(set(asked))), balancer=shape.tier.balance is not None))
    if wanted and shape.tier.balance is not None:
        made.append(_block(shape, f"{shape.label}_machine", f"{file}: {shape.id}, Placement: floating", balancer=False))
    if floating is not None and wanted:
        ledger.keep(floating, "a floating address")
    elif floating is not None and public(endpoints) and shape.tier.balance is None:
        ledger.lose(floating, f"Something on {shape.id} is exposed to the public, and no balancer stands before it.")
    elif floating is not None:
        ledger.keep(floating, "no floating address")
    return made


def _block(shape: MachineGroup, label: str, comment: str, *, balancer: bool) -> Block:
    net = subnet(shape) if balancer else shape.nets[0]
    port: Value = ref(f"{LOAD_BALANCER}.{shape.label}", ".vip_port_id") if balancer else shape.port(net)
    what = "the VIP" if balancer else "the machine"
    why = f"Neutron knows no way to {what}'s subnet before; nothing above says so."
    wait = Attribute("depends_on", (net.interface,), comment=why) if net.interface else None
    return Block(
        "resource",
        (FLOATING, label),
        body(
            wait,
            for_each=None if balancer else shape.slots if shape.outside else shape.machines,
            pool=external(shape.region),
            port_id=port,
            description=shape.name if balancer else shape.server_name(),
            tags=ref("local.tags"),
        ),
        comment=comment,
        origin=shape.tier.span,
        first="" if balancer else shape.first,
    )


def records(shape: MachineGroup, endpoints: Sequence[Endpoint], settings: OpenStackSettings, file: str) -> list[Block]:
    """DNS records for the host names of public endpoints, in the environment's zone."""
    if not settings.dns:
        return []
    zone = settings.dns.rstrip(".")
    made = []
    hosts = {
        host: endpoint
        for endpoint in endpoints
        if endpoint.public and endpoint.exposure.hosts
        for host in endpoint.exposure.hosts.value
        if host == zone or host.endswith(f".{zone}")
    }
    addresses: Value = (ref(f"{FLOATING}.{shape.label}", ".address"),)
    if shape.many and shape.tier.balance is None:
        addresses = expr("[for floating in ", Ref(f"{FLOATING}.{shape.label}"), " : floating.address]")
        if shape.outside:  # there are more addresses than machines
            one = Ref(f"{FLOATING}.{shape.label}", "[name].address")
            addresses = expr("[for name in keys(", shape.machines, ") : ", one, "]")
    for host, endpoint in sorted(hosts.items()):
        made.append(
            Block(
                "resource",
                ("openstack_dns_recordset_v2", names.label(host.replace("*", "any"))),
                body(
                    zone_id=ref("data.openstack_dns_zone_v2.main", ".id"),
                    name=f"{host}.",
                    type="A",
                    ttl=300,
                    records=addresses,
                ),
                comment=f"{file}: {endpoint.component.id}, Expose: hosts",
                origin=endpoint.exposure.span,
            )
        )
    return made


def zone(settings: OpenStackSettings) -> Block:
    """The zone that records are made in."""
    return Block(
        "data",
        ("openstack_dns_zone_v2", "main"),
        body(name=f"{(settings.dns or '').rstrip('.')}."),
        comment=settings.comment("dns"),
    )
