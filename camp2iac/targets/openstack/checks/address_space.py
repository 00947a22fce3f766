"""Networks whose derived or given addresses overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.base import Environment
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.networks import Net, network_of


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP401. If the plan has both CIDRs, the topology's checks report it."""
    located = [(block, net) for net in layout.networks.values() if (block := network_of(net.cidr))]
    located.sort(key=lambda pair: (int(pair[0].network_address), pair[0].prefixlen, pair[1].id))
    widest: tuple[IPv4Network, Net] | None = None
    free = ""
    for block, net in located:
        if widest is not None and block.overlaps(widest[0]) and net.cidr is not None:
            free = free or _unused([other for other, _ in located])
            yield from _shared(layout, widest[1], net, free)
        if widest is None or block.broadcast_address > widest[0].broadcast_address:
            widest = (block, net)


def _shared(layout: OpenStackLayout, one: Net, other: Net, free: str) -> Iterator[Diagnostic]:
    topology, environment = layout.plan, layout.environment
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
    yield Diagnostic(
        "CAMP401",
        f"the addresses of the networks {ours.id} and {theirs.id} overlap: {ours.cidr} and {theirs.cidr}",
        environment.span(*path) or ours.span or topology.span,
        label=f"overlaps {theirs.cidr}" if environment.span(*path) else f"{ours.cidr}, derived from its name",
        related=(Label(theirs.span, f"has {theirs.cidr}"),) if theirs.span else (),
        help=f"write  {ours.id}: {{ cidr: {free} }}" if declared else f"add to the environment file  {where}",
    )


def _given(net: Net, environment: Environment) -> tuple[str, ...]:
    """The path of the network's CIDR in the environment file."""
    own = ("regions", str(net.region.name), "cidrs")
    return own if environment.span(*own, net.id) else ("cidrs",)


def _unused(taken: Sequence[IPv4Network]) -> str:
    """A /24 that overlaps none of the networks."""
    private = [IPv4Network(text) for text in ("10.250.0.0/16", "172.16.0.0/16", "192.168.0.0/16")]
    choices = (block for whole in private for block in list(whole.subnets(new_prefix=24))[1:])
    return str(next((block for block in choices if not any(block.overlaps(other) for other in taken)), "192.0.2.0/24"))
