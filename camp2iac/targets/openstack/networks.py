"""Networks: which there are, with what addresses, and their part of ``network.tf``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from itertools import pairwise

from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.synth.module import Attribute, Block, Ref, body, ref
from camp2iac.targets.openstack import names
from camp2iac.targets.openstack.settings import Settings
from camp2iac.topology.model import Topology

DEFAULT = "main"  # the network of tiers for which the plan names none: the plan's own of that name, if it has one
ROUTER = "openstack_networking_router_v2.main"
EXTERNAL = "data.openstack_networking_network_v2.external"


@dataclass(frozen=True, slots=True)
class Net:
    """A network with its one subnet.

    ``cidr``: None where the network exists already and neither plan nor environment says what it has. ``existing``: its
    name in the cloud. ``reserved``: blocks of addresses that Neutron must not hand out.
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

    @property
    def network(self) -> Ref:
        """Its id in the cloud."""
        return ref(f"{'data.' if self.existing else ''}openstack_networking_network_v2.{self.label}", ".id")

    def subnet(self, attribute: str = "id") -> Ref:
        """An attribute of its subnet: ``id``, ``cidr``, ``gateway_ip``."""
        return ref(f"{'data.' if self.existing else ''}openstack_networking_subnet_v2.{self.label}", f".{attribute}")

    @property
    def interface(self) -> Ref | None:
        """The router's interface in it; None where the network exists already, with its own way out."""
        return None if self.existing else ref(f"openstack_networking_router_interface_v2.{self.label}")


def choose(topology: Topology, settings: Settings, diagnostics: Diagnostics) -> Mapping[str, Net]:
    """All networks, by id: the plan's, the default one where a tier names none, and one for each balancer's address."""
    nets = {}
    for network in topology.networks.values():
        given = settings.cidrs.get(network.id)
        cidr = network.cidr or given or (None if network.existing else derived(network.id))
        nets[network.id] = _net(
            topology, settings, network.id, cidr, network.dns, network.existing, f"network {network.id}", network.span
        )
    if DEFAULT not in nets and any(tier.networks is None for tier in topology.tiers.values()):
        cidr = settings.cidrs.get(DEFAULT) or derived(topology.name)
        nets[DEFAULT] = _net(topology, settings, DEFAULT, cidr, (), None, "", None)
    for tier in topology.tiers.values():
        first = nets.get(tier.networks.value[0] if tier.networks else DEFAULT)
        if tier.balance is None or first is None or (first.existing and not settings.router):
            continue
        id_ = f"{tier.id}-balancer"
        cidr = settings.cidrs.get(id_) or derived(id_)
        nets[id_] = _net(topology, settings, id_, cidr, (), None, f"{tier.id}, Balance", tier.balance.span)
    _overlaps(nets, topology, diagnostics)
    return dict(sorted(nets.items()))


def derived(name: str) -> str:
    """A /24 of 10.0.0.0/8, by the SHA-256 of a name: the same for ever, whatever else the plan has."""
    digest = hashlib.sha256(name.encode()).digest()
    return f"10.{digest[0]}.{digest[1]}.0/24"


def _net(
    topology: Topology,
    settings: Settings,
    id_: str,
    cidr: str | None,
    dns: tuple[str, ...],
    existing: str | None,
    comment: str,
    span: Span | None,
) -> Net:
    whole = IPv4Network(cidr) if cidr else None
    given = settings.addresses.values()
    reserved = sorted(block for block in given if whole and IPv4Network(block, False).subnet_of(whole))
    app = names.application(topology)
    return Net(
        id=id_,
        label=names.network(id_),
        name=app if id_ == DEFAULT and id_ not in topology.networks else f"{app}-{id_}",
        cidr=cidr,
        dns=dns,
        existing=existing,
        reserved=tuple(reserved),
        comment=f"{topology.file}: {comment}" if comment else f"For tiers for which {topology.file} names no network.",
        span=span,
    )


def _overlaps(nets: Mapping[str, Net], topology: Topology, diagnostics: Diagnostics) -> None:
    """CAMP401: chosen addresses that meet others. Where the plan gives both, the topology's checks have said so."""
    known = sorted((net for net in nets.values() if net.cidr), key=lambda net: IPv4Network(str(net.cidr)))
    free = ""
    for one, other in pairwise(known):
        if not IPv4Network(str(one.cidr)).overlaps(IPv4Network(str(other.cidr))):
            continue
        plan = [net for net in (one, other) if net.id in topology.networks and topology.networks[net.id].cidr]
        if len(plan) == 2:
            continue
        ours, theirs = (one, other) if one not in plan else (other, one)
        free = free or _unused(known)
        in_plan = ours.id in topology.networks
        diagnostics.add(
            Diagnostic(
                "CAMP401",
                f"the networks {ours.id} and {theirs.id} would have the same addresses: {ours.cidr} and {theirs.cidr}",
                ours.span or topology.span,
                label=f"{ours.cidr}, chosen by its name",
                related=(Label(theirs.span, f"has {theirs.cidr}"),) if theirs.span else (),
                help=f"write  {ours.id}: {{ cidr: {free} }}"
                if in_plan
                else f"write into the environment file  cidrs: {{ {ours.id}: {free} }}",
            )
        )


def _unused(known: Sequence[Net]) -> str:
    """A /24 that meets none of the networks."""
    taken = [IPv4Network(str(net.cidr)) for net in known]
    private = [IPv4Network(text) for text in ("10.250.0.0/16", "172.16.0.0/16", "192.168.0.0/16")]
    choices = (block for whole in private for block in list(whole.subnets(new_prefix=24))[1:])
    return str(next((block for block in choices if not any(block.overlaps(other) for other in taken)), "192.0.2.0/24"))


def blocks(net: Net, app: str, settings: Settings) -> list[Block]:
    """Network, subnet and the router's interface; data sources where it exists already."""
    if net.existing:
        return [
            Block(
                "data",
                ("openstack_networking_network_v2", net.label),
                body(name=net.existing),
                comment=net.comment,
                origin=net.span,
            ),
            Block(
                "data",
                ("openstack_networking_subnet_v2", net.label),
                body(network_id=net.network, cidr=net.cidr, ip_version=4),
            ),
        ]
    assert net.cidr is not None  # noqa: S101 - only what exists has none
    whole = IPv4Network(net.cidr)
    gateway = str(whole.network_address + 1)
    pools = [
        Block("allocation_pool", body=body(start=str(first), end=str(last)))
        for first, last in (_free(whole, net.reserved) if net.reserved else ())
    ]
    return [
        Block(
            "resource",
            ("openstack_networking_network_v2", net.label),
            body(name=net.name, tags=ref("local.tags")),
            comment=net.comment,
            origin=net.span,
        ),
        Block(
            "resource",
            ("openstack_networking_subnet_v2", net.label),
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
            body(router_id=router_id(settings), subnet_id=net.subnet()),
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


def router_id(settings: Settings) -> Ref:
    """The router that the networks are on."""
    return ref(f"{'data.' if settings.router else ''}{ROUTER}", ".id")


def external(settings: Settings) -> Block:
    """The network that leads outside."""
    return Block(
        "data",
        ("openstack_networking_network_v2", "external"),
        body(name=settings.external_network or ref("var.external_network"), external=True),
        comment=settings.comment("external_network") if settings.external_network else "",
    )


def router(app: str, settings: Settings) -> Block:
    """The router: a new one, or one that is there already."""
    if settings.router:
        return Block(
            "data",
            ("openstack_networking_router_v2", "main"),
            body(name=settings.router),
            comment=settings.comment("router"),
        )
    return Block(
        "resource",
        ("openstack_networking_router_v2", "main"),
        body(name=app, external_network_id=ref(EXTERNAL, ".id"), tags=ref("local.tags")),
    )
