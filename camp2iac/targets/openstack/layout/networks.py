"""Networks and their addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from ipaddress import IPv4Network

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.synth.module import Ref, ref
from camp2iac.targets.openstack.layout import callers, names
from camp2iac.targets.openstack.layout.regions import Region, Regions
from camp2iac.targets.openstack.layout.settings import ExistingNetwork, OpenStackSettings
from camp2iac.targets.openstack.resource_types import NETWORK, ROUTER, ROUTER_INTERFACE, SUBNET
from camp2iac.topology.model import Network, Tier, Topology

DEFAULT = "main"  # the network of tiers without a network in the plan, which can declare it too


class Net(Record, frozen=True):
    """A network with its one subnet.

    ``cidr``: None for an existing network without a CIDR in the plan and in the environment file. ``existing``: that
    in the cloud. ``reserved``: blocks of addresses that Neutron must not assign. ``regions``: those of its
    tiers; more than one is an error.
    """

    id: str
    label: str
    name: str
    cidr: str | None
    dns: tuple[str, ...]
    existing: ExistingNetwork | None
    reserved: tuple[str, ...]
    comment: str
    span: Span | None
    regions: tuple[Region, ...]

    @property
    def region(self) -> Region:
        """Its region."""
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
        """Its router interface; None if the network exists already, because it has its own router."""
        return None if self.existing else ref(f"{ROUTER_INTERFACE}.{self.label}")


def key(tier: Tier, region: Region) -> tuple[str, ...]:
    """The keys of a tier's networks, in its order: their ids, or that of the region's default network."""
    return tier.networks.value if tier.networks else (f"{DEFAULT}/{region.alias}" if region.alias else DEFAULT,)


def balancer(tier: str) -> str:
    """The key of the network of a load balancer's address."""
    return f"{tier}/balancer"


def choose(topology: Topology, settings: OpenStackSettings, regions: Regions) -> Mapping[str, Net]:
    """All networks: the plan's, default networks for tiers without one, and one for each load balancer's address."""
    choice = _NetworkChoice(topology, settings, regions, _places(topology, regions))
    nets = {network.id: choice.declared(network) for network in topology.networks.values()}
    for tier in topology.tiers.values():
        region = regions.of[tier.id]
        first = key(tier, region)[0]
        if tier.networks is None and first not in nets:
            nets[first] = choice.default(region)
        way_out = nets.get(first)
        if tier.balance is None or way_out is None or (way_out.existing and not region.settings.router):
            continue
        nets[balancer(tier.id)] = choice.balancer(tier, region)
    return dict(sorted(nets.items()))


def derived(name: str) -> str:
    """A /24 of 10.0.0.0/8 from the SHA-256 of a name, so that it never changes."""
    digest = hashlib.sha256(name.encode()).digest()
    return f"10.{digest[0]}.{digest[1]}.0/24"


def _places(topology: Topology, regions: Regions) -> Mapping[str, Mapping[str, Region]]:
    """The regions of the tiers on each of the plan's networks, by alias."""
    found: dict[str, dict[str, Region]] = {}
    for tier in topology.tiers.values():
        for name in tier.networks.value if tier.networks else ():
            found.setdefault(name, {})[regions.of[tier.id].alias] = regions.of[tier.id]
    return found


class _NetworkChoice(Record, frozen=True):
    topology: Topology
    settings: OpenStackSettings
    regions: Regions
    places: Mapping[str, Mapping[str, Region]]

    def declared(self, network: Network) -> Net:
        """A network that the plan declares."""
        found = self.places.get(network.id, {})
        where = tuple(found[alias] for alias in sorted(found)) or (self.regions.home,)
        own = where[0].settings
        existing = own.existing.get(network.id) or (ExistingNetwork(network.existing) if network.existing else None)
        cidr = network.cidr or own.cidrs.get(network.id) or (None if existing else derived(network.id))
        return Net(
            id=network.id,
            label=names.network(network.id),
            name=self._name(network.id),
            cidr=cidr,
            dns=network.dns or own.dns_servers,
            existing=existing,
            reserved=self._reserved(cidr),
            comment=f"{self.topology.file}: network {network.id}",
            span=network.span,
            regions=where,
        )

    def default(self, region: Region) -> Net:
        """The network of a region's tiers without a network in the plan."""
        settings = region.settings
        ours = settings.existing.get(DEFAULT) if not region.alias or "existing" in settings.own else None
        given = settings.cidrs.get(DEFAULT) if not region.alias or "cidrs" in settings.own else None
        cidr = given or (None if ours else derived(f"{self.topology.name}{region.alias and f' in {region.name}'}"))
        bare = f"For tiers without a network in {self.topology.file}."
        return Net(
            id=DEFAULT,
            label=region.label(names.network(DEFAULT)),
            name=self._name(DEFAULT),
            cidr=cidr,
            dns=settings.dns_servers,
            existing=ours,
            reserved=self._reserved(cidr),
            comment=settings.comment("existing") if ours else bare,
            span=None,
            regions=(region,),
        )

    def balancer(self, tier: Tier, region: Region) -> Net:
        """The network of a load balancer's address."""
        id_ = f"{tier.id}-balancer"
        cidr = region.settings.cidrs.get(id_) or derived(id_)
        return Net(
            id=id_,
            label=names.network(id_),
            name=self._name(id_),
            cidr=cidr,
            dns=(),
            existing=None,
            reserved=self._reserved(cidr),
            comment=f"{self.topology.file}: {callers.reason(tier)}",
            span=tier.balance.span if tier.balance else tier.span,
            regions=(region,),
        )

    def _name(self, id_: str) -> str:
        app = names.application(self.topology)
        return app if id_ == DEFAULT and id_ not in self.topology.networks else f"{app}-{id_}"

    def _reserved(self, cidr: str | None) -> tuple[str, ...]:
        """The blocks of fixed addresses in a network."""
        whole = network_of(cidr)
        given = (block for text in self.settings.addresses.values() if (block := network_of(text)))
        return tuple(sorted(str(block) for block in given if whole and block.subnet_of(whole)))


def network_of(text: str | None) -> IPv4Network | None:
    """A string as a network; None if it is not one, which checks report (CAMP333, CAMP613, CAMP620)."""
    try:
        return IPv4Network(text) if text else None
    except ValueError:
        return None


def router(region: Region, attribute: str = "id") -> Ref:
    """An attribute of the router of a region's networks."""
    return ref(f"{'data.' if region.settings.router else ''}{ROUTER}.{region.label('main')}", f".{attribute}")


def external(region: Region, attribute: str = "name") -> Ref:
    """An attribute of the external network."""
    return ref(f"data.{NETWORK}.{region.label('external')}", f".{attribute}")


def question(region: Region) -> str:
    """The variable for the external network, if the environment file has none."""
    return region.label("external_network")
