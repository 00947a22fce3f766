"""Networks: which there are, with what addresses, and their part of ``network.tf``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Network

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Ref, body, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.regions import Region, Regions
from camp2iac.targets.openstack.layout.settings import OpenStackSettings, is_id
from camp2iac.topology.model import Network, Tier, Topology

DEFAULT = "main"  # the network of tiers for which the plan names none: the plan's own of that name, if it has one
NETWORK = "openstack_networking_network_v2"
ROUTER = "openstack_networking_router_v2"
SUBNET = "openstack_networking_subnet_v2"


class Net(Record, frozen=True):
    """A network with its one subnet.

    ``cidr``: None where the network exists already and neither plan nor environment says what it has. ``existing``: its
    name or id in the cloud. ``reserved``: blocks of addresses that Neutron must not hand out. ``regions``: where the
    tiers on it are; the first is its own, and there must be no other.
    """

    id: str
    label: str
    name: str
    cidr: str | None
    dns: tuple[str, ...]
    existing: str | None
    reserved: tuple[str, ...]
    comment: str
    span: Span | None
    regions: tuple[Region, ...]

    @property
    def region(self) -> Region:
        """The region that it is in."""
        return self.regions[0]

    @property
    def network(self) -> Ref:
        """Its id in the cloud."""
        return ref(f"{'data.' if self.existing else ''}{NETWORK}.{self.label}", ".id")

    def subnet(self, attribute: str = "id") -> Ref:
        """An attribute of its subnet: ``id``, ``cidr``, ``gateway_ip``."""
        return ref(f"{'data.' if self.existing else ''}{SUBNET}.{self.label}", f".{attribute}")

    @property
    def interface(self) -> Ref | None:
        """The router's interface in it; None where the network exists already, with its own way out."""
        return None if self.existing else ref(f"openstack_networking_router_interface_v2.{self.label}")


def key(tier: Tier, region: Region) -> tuple[str, ...]:
    """The keys of a tier's networks, in its order: their ids; each region has a default one of its own."""
    return tier.networks.value if tier.networks else (f"{DEFAULT}/{region.alias}" if region.alias else DEFAULT,)


def balancer(tier: str) -> str:
    """The key of the network of a balancer's address."""
    return f"{tier}/balancer"


def choose(topology: Topology, settings: OpenStackSettings, regions: Regions) -> Mapping[str, Net]:
    """All networks: the plan's, the default one where a tier names none, and one for each balancer's address."""
    work = _Choice(topology, settings, regions, _places(topology, regions))
    nets = {network.id: work.declared(network) for network in topology.networks.values()}
    for tier in topology.tiers.values():
        region = regions.of[tier.id]
        first = key(tier, region)[0]
        if tier.networks is None and first not in nets:
            nets[first] = work.default(region)
        way_out = nets.get(first)
        if tier.balance is None or way_out is None or (way_out.existing and not region.settings.router):
            continue
        nets[balancer(tier.id)] = work.balancer(tier, region)
    return dict(sorted(nets.items()))


def derived(name: str) -> str:
    """A /24 of 10.0.0.0/8, by the SHA-256 of a name: the same for ever, whatever else the plan has."""
    digest = hashlib.sha256(name.encode()).digest()
    return f"10.{digest[0]}.{digest[1]}.0/24"


def _places(topology: Topology, regions: Regions) -> Mapping[str, Mapping[str, Region]]:
    """The regions of the tiers on each of the plan's networks, by alias."""
    found: dict[str, dict[str, Region]] = {}
    for tier in topology.tiers.values():
        for name in tier.networks.value if tier.networks else ():
            found.setdefault(name, {})[regions.of[tier.id].alias] = regions.of[tier.id]
    return found


class _Choice(Record, frozen=True):
    topology: Topology
    settings: OpenStackSettings
    regions: Regions
    places: Mapping[str, Mapping[str, Region]]

    def declared(self, network: Network) -> Net:
        found = self.places.get(network.id, {})
        where = tuple(found[alias] for alias in sorted(found)) or (self.regions.home,)
        own = where[0].settings
        existing = own.existing.get(network.id) or network.existing
        cidr = network.cidr or own.cidrs.get(network.id) or (None if existing else derived(network.id))
        return self._net(
            network.id,
            names.network(network.id),
            where,
            cidr,
            network.dns or own.dns_servers,
            existing,
            f"network {network.id}",
            network.span,
        )

    def default(self, region: Region) -> Net:
        settings = region.settings
        ours = settings.existing.get(DEFAULT) if not region.alias or "existing" in settings.own else None
        given = settings.cidrs.get(DEFAULT) if not region.alias or "cidrs" in settings.own else None
        cidr = given or (None if ours else derived(f"{self.topology.name}{region.alias and f' in {region.name}'}"))
        label = region.label(names.network(DEFAULT))
        return self._net(DEFAULT, label, (region,), cidr, settings.dns_servers, ours, "", None)

    def balancer(self, tier: Tier, region: Region) -> Net:
        id_ = f"{tier.id}-balancer"
        cidr = region.settings.cidrs.get(id_) or derived(id_)
        span = tier.balance.span if tier.balance else tier.span
        return self._net(id_, names.network(id_), (region,), cidr, (), None, f"{tier.id}, Balance", span)

    def _net(
        self,
        id_: str,
        label: str,
        regions: tuple[Region, ...],
        cidr: str | None,
        dns: tuple[str, ...],
        existing: str | None,
        comment: str,
        span: Span | None,
    ) -> Net:
        topology, file = self.topology, self.topology.file
        whole = network_of(cidr)
        given = (block for text in self.settings.addresses.values() if (block := network_of(text)))
        reserved = sorted(str(block) for block in given if whole and block.subnet_of(whole))
        app = names.application(topology)
        bare = f"For tiers for which {file} names no network."
        if id_ == DEFAULT and existing:
            bare = regions[0].settings.comment("existing")
        return Net(
            id=id_,
            label=label,
            name=app if id_ == DEFAULT and id_ not in topology.networks else f"{app}-{id_}",
            cidr=cidr,
            dns=dns,
            existing=existing,
            reserved=tuple(reserved),
            comment=f"{file}: {comment}" if comment else bare,
            span=span,
            regions=regions,
        )


def network_of(text: str | None) -> IPv4Network | None:
    """A text as a network; None where it is none, which is said elsewhere (CAMP333, CAMP613, CAMP620)."""
    try:
        return IPv4Network(text) if text else None
    except ValueError:
        return None


def blocks(net: Net, app: str) -> list[Block]:
    """Network, subnet and the router's interface; data sources where it exists already."""
    if net.existing:
        which = {"network_id" if is_id(net.existing) else "name": net.existing}
        return [
            Block("data", (NETWORK, net.label), body(**which), comment=net.comment, origin=net.span),
            Block(
                "data",
                (SUBNET, net.label),
                body(network_id=net.network, cidr=net.cidr, ip_version=4),
            ),
        ]
    whole = network_of(net.cidr)
    assert whole is not None  # noqa: S101 - only what exists has none, and what is none was refused
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
            comment=f"Neutron hands out what {app}'s fixed addresses leave." if pools else "",
        ),
        Block(
            "resource",
            ("openstack_networking_router_interface_v2", net.label),
            body(router_id=router(net.region), subnet_id=net.subnet()),
        ),
    ]


def _free(whole: IPv4Network, reserved: tuple[str, ...]) -> list[tuple[IPv4Address, IPv4Address]]:
    """The ranges of a subnet that are neither reserved, nor the gateway's, nor for broadcasts."""
    ranges = []
    start, end = whole.network_address + 2, whole.broadcast_address - 1
    for block in sorted(IPv4Network(text, False) for text in reserved):
        if block.network_address > start:
            ranges.append((start, block.network_address - 1))
        start = max(start, block.broadcast_address + 1)
    return [*ranges, (start, end)] if start <= end else ranges


def router(region: Region, attribute: str = "id") -> Ref:
    """An attribute of the router that the networks of a region are on."""
    return ref(f"{'data.' if region.settings.router else ''}{ROUTER}.{region.label('main')}", f".{attribute}")


def external(region: Region, attribute: str = "name") -> Ref:
    """An attribute of the network that leads outside."""
    return ref(f"data.{NETWORK}.{region.label('external')}", f".{attribute}")


def way_out(region: Region, app: str) -> list[Block]:
    """The network that leads outside, and the router: a new one, or one that is there already."""
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


def question(region: Region) -> str:
    """The variable that names the external network where the environment names none."""
    return region.label("external_network")
