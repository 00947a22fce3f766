"""Networks, each with its subnet and router interface; the router and external network of a region."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from camp2iac.synth.module import Attribute, Block, body, ref
from camp2iac.targets.openstack.layout.networks import Net, external, network_of, question, router
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.layout.settings import is_id
from camp2iac.targets.openstack.resource_types import NETWORK, ROUTER, ROUTER_INTERFACE, SUBNET


def blocks(net: Net, app: str) -> list[Block]:
    """Network, subnet and router interface; data sources if the network exists already."""
    return _existing(net, net.existing) if net.existing else _made(net, app)


def _existing(net: Net, existing: str) -> list[Block]:
    which = {"network_id" if is_id(existing) else "name": existing}
    subnet = body(network_id=net.network, cidr=net.cidr, ip_version=4)
    return [
        Block("data", (NETWORK, net.label), body(**which), comment=net.comment, origin=net.span),
        Block("data", (SUBNET, net.label), subnet),
    ]


def _made(net: Net, app: str) -> list[Block]:
    whole = network_of(net.cidr)
    assert whole is not None  # noqa: S101 - only existing networks have no CIDR, and checks refuse wrong ones
    gateway = str(whole.network_address + 1)
    pools = [
        Block("allocation_pool", body=body(start=str(first), end=str(last)))
        for first, last in (_free(whole, net.reserved) if net.reserved else ())
    ]
    return [
        Block(
            "resource",
            (NETWORK, net.label),
            body(name=net.name, tags=ref("local.tags")),
            comment=net.comment,
            origin=net.span,
        ),
        Block(
            "resource",
            (SUBNET, net.label),
            body(
                *pools,
                name=net.name,
                network_id=net.network,
                cidr=Attribute("cidr", net.cidr, origin=net.span),
                gateway_ip=gateway,
                dns_nameservers=net.dns or None,
                tags=ref("local.tags"),
            ),
            comment="The allocation pools leave out the fixed addresses." if pools else "",
        ),
        Block(
            "resource",
            (ROUTER_INTERFACE, net.label),
            body(router_id=router(net.region), subnet_id=net.subnet()),
        ),
    ]


def _free(whole: IPv4Network, reserved: tuple[str, ...]) -> list[tuple[IPv4Address, IPv4Address]]:
    """The ranges of a subnet without reserved blocks, the gateway and the broadcast address."""
    ranges = []
    start, end = whole.network_address + 2, whole.broadcast_address - 1
    for block in sorted(IPv4Network(text, False) for text in reserved):
        if block.network_address > start:
            ranges.append((start, block.network_address - 1))
        start = max(start, block.broadcast_address + 1)
    return [*ranges, (start, end)] if start <= end else ranges


def way_out(region: Region, app: str) -> list[Block]:
    """The external network, and the router: a new or an existing one."""
    settings = region.settings
    outside = settings.external_network
    which = {"network_id" if is_id(outside or "") else "name": outside or ref(f"var.{question(region)}")}
    where = settings.comment("external_network") if outside else ""
    leads = Block("data", (NETWORK, region.label("external")), body(**which, external=True), comment=where)
    label = (ROUTER, region.label("main"))
    if found := settings.router:
        known = {"router_id" if is_id(found) else "name": found}
        return [leads, Block("data", label, body(**known), comment=settings.comment("router"))]
    made = body(name=app, external_network_id=external(region, "id"), tags=ref("local.tags"))
    return [leads, Block("resource", label, made)]
