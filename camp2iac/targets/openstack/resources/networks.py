"""Networks, each with its subnet and router interface; the router and external network of a region."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from camp2iac.synth.module import Attribute, Block, body, ref
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.networks import Net, external, network_of, question, router
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.layout.settings import ExistingNetwork, is_id
from camp2iac.targets.openstack.resource_types import NETWORK, ROUTER, ROUTER_INTERFACE, SUBNET

_SEVERAL = "If it has several IPv4 subnets, name one in the environment file:"


def add(made: ModuleBuilder, net: Net) -> None:
    """Network, subnet and router interface; data sources if the network exists already."""
    if net.existing:
        _add_existing(made, net, net.existing)
    else:
        _add_new(made, net)


def _add_existing(made: ModuleBuilder, net: Net, existing: ExistingNetwork) -> None:
    file, provider, name, subnet = net.region.file, net.region.provider, existing.network, existing.subnet
    made.data(
        file,
        NETWORK,
        net.label,
        comment=net.comment,
        origin=net.span,
        provider=provider,
        network_id=name if is_id(name) else None,
        name=None if is_id(name) else name,
    )
    by_id = subnet is not None and is_id(subnet)
    made.data(
        file,
        SUBNET,
        net.label,
        comment="" if subnet or net.cidr else (_SEVERAL, f"existing: {{ {net.id}: {{ network, subnet }} }}"),
        provider=provider,
        network_id=net.network,
        subnet_id=subnet if by_id else None,
        name=None if by_id else subnet,
        cidr=net.cidr,
        ip_version=4,
    )


def _add_new(made: ModuleBuilder, net: Net) -> None:
    file, provider = net.region.file, net.region.provider
    whole = network_of(net.cidr)
    assert whole is not None  # noqa: S101 - only existing networks have no CIDR, and checks refuse wrong ones
    pools = [
        Block("allocation_pool", body=body(start=str(first), end=str(last)))
        for first, last in (_free(whole, net.reserved) if net.reserved else ())
    ]
    made.resource(
        file,
        NETWORK,
        net.label,
        comment=net.comment,
        origin=net.span,
        provider=provider,
        name=net.name,
        tags=ref("local.tags"),
    )
    made.resource(
        file,
        SUBNET,
        net.label,
        *pools,
        comment="The allocation pools leave out the fixed addresses." if pools else "",
        provider=provider,
        name=net.name,
        network_id=net.network,
        cidr=Attribute("cidr", net.cidr, origin=net.span),
        gateway_ip=str(whole.network_address + 1),
        dns_nameservers=net.dns or None,
        tags=ref("local.tags"),
    )
    made.resource(
        file, ROUTER_INTERFACE, net.label, provider=provider, router_id=router(net.region), subnet_id=net.subnet()
    )


def _free(whole: IPv4Network, reserved: tuple[str, ...]) -> list[tuple[IPv4Address, IPv4Address]]:
    """The ranges of a subnet without reserved blocks, the gateway and the broadcast address."""
    ranges = []
    start, end = whole.network_address + 2, whole.broadcast_address - 1
    for block in sorted(IPv4Network(text, False) for text in reserved):
        if block.network_address > start:
            ranges.append((start, block.network_address - 1))
        start = max(start, block.broadcast_address + 1)
    return [*ranges, (start, end)] if start <= end else ranges


def add_router(made: ModuleBuilder, region: Region, app: str) -> None:
    """The external network, and the router: a new or an existing one."""
    settings, file, provider = region.settings, region.file, region.provider
    outside, label = settings.external_network, region.label("main")
    by_id = outside is not None and is_id(outside)
    made.data(
        file,
        NETWORK,
        region.label("external"),
        comment=settings.comment("external_network") if outside else "",
        provider=provider,
        network_id=outside if by_id else None,
        name=None if by_id else outside or ref(f"var.{question(region)}"),
        external=True,
    )
    if found := settings.router:
        made.data(
            file,
            ROUTER,
            label,
            comment=settings.comment("router"),
            provider=provider,
            router_id=found if is_id(found) else None,
            name=None if is_id(found) else found,
        )
        return
    made.resource(
        file,
        ROUTER,
        label,
        provider=provider,
        name=app,
        external_network_id=external(region, "id"),
        tags=ref("local.tags"),
    )
