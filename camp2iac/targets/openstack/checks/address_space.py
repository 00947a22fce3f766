"""What is wrong with the networks' addresses and places, said before anything is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network

from camp2iac.diagnostics import Diagnostic, Diagnostics, Label
from camp2iac.targets.base import Environment
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.networks import Net, network_of
from camp2iac.targets.openstack.layout.regions import Regions
from camp2iac.topology.model import Topology

_BALANCER = 4  # its address and those of two amphorae, with one to spare while they are replaced
_TAKEN = 4  # of each network: its own address, the last one, the gateway, DHCP's
Located = list[tuple[IPv4Network, Net]]


def check(
    nets: Mapping[str, Net],
    topology: Topology,
    regions: Regions,
    environment: Environment,
    diagnostics: Diagnostics,
) -> None:
    """All of it: no networks (CAMP620), name servers named twice (CAMP335), shared addresses (CAMP401), a network in
    two regions (CAMP404).
    """
    _sound(environment, diagnostics)
    _servers(environment, diagnostics)
    located = [(block, net) for net in nets.values() if (block := network_of(net.cidr))]
    _apart(sorted(located, key=lambda pair: (*_order(pair[0]), pair[1].id)), topology, environment, diagnostics)
    for net in nets.values():
        if len(net.regions) > 1:
            _federated(net, topology, regions, diagnostics)


def room(nets: Mapping[str, Net], shapes: Mapping[str, MachineGroup], diagnostics: Diagnostics) -> None:
    """CAMP453: more machines than a network has addresses for."""
    needed: dict[str, int] = {}
    on_it: dict[str, list[MachineGroup]] = {}
    for shape in shapes.values():
        for net in shape.nets:
            needed[net.label] = needed.get(net.label, 0) + shape.scale.maximum
            on_it.setdefault(net.label, []).append(shape)
        if shape.vip:
            needed[shape.vip.label] = _BALANCER
    for net in nets.values():
        block, most = network_of(net.cidr), needed.get(net.label, 0)
        free = block.num_addresses - _TAKEN if block else most
        if net.existing or most <= free:
            continue
        least = next(length for length in range(29, 0, -1) if 2 ** (32 - length) - _TAKEN >= most)
        related = (Label((s.tier.networks or s.tier).span, f"{s.id} is on it") for s in on_it.get(net.label, ()))
        diagnostics.add(
            Diagnostic(
                "CAMP453",
                f"the network {net.id} has {max(free, 0)} addresses to give, and {most} may be needed: {net.cidr}",
                net.span,
                label="too small",
                related=tuple(related),
                notes=("the network's own address, the last one, the gateway and DHCP's take four",),
                help=f"give it a block with a prefix of /{least} or less",
            )
        )


def _order(block: IPv4Network) -> tuple[int, int]:
    return int(block.network_address), block.prefixlen


def _sound(environment: Environment, diagnostics: Diagnostics) -> None:
    """CAMP620: what has the form of a network in the environment, and is none."""
    paths: list[tuple[str, ...]] = [("cidrs", name) for name in environment.get("cidrs", default={})]
    for region, statement in environment.get("regions", default={}).items():
        paths += [("regions", region, "cidrs", name) for name in (statement or {}).get("cidrs", {})]
    given: list[tuple[tuple[str, ...], str]] = [(path, str(environment.get(*path))) for path in paths]
    ssh = environment.get("ssh_from", default=())
    given += [(("ssh_from",), text) for text in ([ssh] if isinstance(ssh, str) else ssh)]
    for path, text in given:
        if network_of(text) is None:
            _no_network(path, text, environment, diagnostics)


def _servers(environment: Environment, diagnostics: Diagnostics) -> None:
    """CAMP335, of the environment's lists."""
    regions = environment.get("regions", default={})
    for path in [("dns_servers",), *(("regions", name, "dns_servers") for name in regions)]:
        given = environment.get(*path, default=())
        for server in sorted({each for each in given if list(given).count(each) > 1}):
            diagnostics.add(
                Diagnostic(
                    "CAMP335",
                    f"{environment.shown} has a name server twice: {server}",
                    environment.span(*path),
                    label="once is enough",
                    help=f"write  dns_servers: [{', '.join(dict.fromkeys(given))}]",
                )
            )


def _no_network(path: tuple[str, ...], text: str, environment: Environment, diagnostics: Diagnostics) -> None:
    try:
        near = str(IPv4Network(text, strict=False))
    except ValueError:
        near = ""
    diagnostics.add(
        Diagnostic(
            "CAMP620",
            f"{environment.shown} gives as {'ssh_from' if path[0] == 'ssh_from' else 'cidrs'} what is none: {text}",
            environment.span(*path),
            label="this is an address inside of a network" if near else "not an IPv4 network",
            help=f"write  {near}" if near else "write for example  10.20.1.0/24",
        )
    )


def _apart(located: Located, topology: Topology, environment: Environment, diagnostics: Diagnostics) -> None:
    """CAMP401: chosen addresses that meet others. Where the plan gives both, the topology's checks have said so."""
    widest: tuple[IPv4Network, Net] | None = None
    free = ""
    for block, net in located:
        if widest is not None and block.overlaps(widest[0]) and net.cidr is not None:
            free = free or _unused([other for other, _ in located])
            _shared(widest[1], net, free, topology, environment, diagnostics)
        if widest is None or block.broadcast_address > widest[0].broadcast_address:
            widest = (block, net)


def _shared(
    one: Net, other: Net, free: str, topology: Topology, environment: Environment, diagnostics: Diagnostics
) -> None:
    plan = [net for net in (one, other) if net.id in topology.networks and topology.networks[net.id].cidr]
    if len(plan) == 2:
        return
    ours, theirs = (one, other) if one not in plan else (other, one)
    given = _given(ours, environment)
    path = (*given, ours.id)
    declared = ours.id in topology.networks and not environment.span(*path)
    where = f"regions: {{ {ours.region.name}: {{ cidrs: {{ {ours.id}: {free} }} }} }}"
    if not ours.region.alias:
        where = f"cidrs: {{ {ours.id}: {free} }}"
    diagnostics.add(
        Diagnostic(
            "CAMP401",
            f"the networks {ours.id} and {theirs.id} would have the same addresses: {ours.cidr} and {theirs.cidr}",
            environment.span(*path) or ours.span or topology.span,
            label="this" if environment.span(*path) else f"{ours.cidr}, chosen by its name",
            related=(Label(theirs.span, f"has {theirs.cidr}"),) if theirs.span else (),
            help=f"write  {ours.id}: {{ cidr: {free} }}" if declared else f"write into the environment file  {where}",
        )
    )


def _given(net: Net, environment: Environment) -> tuple[str, ...]:
    """Where the environment gives the addresses of networks of a region."""
    own = ("regions", str(net.region.name), "cidrs")
    return own if environment.span(*own, net.id) else ("cidrs",)


def _unused(taken: Sequence[IPv4Network]) -> str:
    """A /24 that meets none of the networks."""
    private = [IPv4Network(text) for text in ("10.250.0.0/16", "172.16.0.0/16", "192.168.0.0/16")]
    choices = (block for whole in private for block in list(whole.subnets(new_prefix=24))[1:])
    return str(next((block for block in choices if not any(block.overlaps(other) for other in taken)), "192.0.2.0/24"))


def _federated(net: Net, topology: Topology, regions: Regions, diagnostics: Diagnostics) -> None:
    """CAMP404: Neutron's networks end at a region's border."""
    on_it = [t for t in topology.tiers.values() if t.networks and net.id in t.networks.value]
    first, *others = sorted(on_it, key=lambda tier: (regions.of[tier.id].alias, tier.id))
    strange = next(tier for tier in others if regions.of[tier.id] is not regions.of[first.id])
    here, there = regions.of[first.id].name or "the credentials' region", regions.of[strange.id].name
    statement = strange.region or strange.networks
    other = f"{net.id}-{regions.of[strange.id].alias.replace('_', '-')}"
    diagnostics.add(
        Diagnostic(
            "CAMP404",
            f"the network {net.id} would be in two regions: {first.id} is in {here}, {strange.id} in {there}",
            net.span or strange.span,
            label="a network is in one region",
            related=(Label(statement.span, f"{strange.id} is there"),) if statement else (),
            notes=("camp2iac joins no networks over regions: links between them go by floating addresses",),
            help=f"declare another network, and put {strange.id} on it:\n"
            f"org.camp2iac:Networks: {{ {other}: {{}} }}\n"
            f"- characteristic_type: org.camp2iac:Placement\n  networks: [{other}]",
        )
    )
