"""Networks with too few addresses."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.networks import network_of

_BALANCER = 4  # the VIP, two amphorae, and a third one while Octavia replaces one
_TAKEN = 4  # in each network: the network's own address, broadcast, gateway, DHCP


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP453."""
    needed: dict[str, int] = {}
    on_it: dict[str, list[MachineGroup]] = {}
    for group in layout.groups.values():
        for net in group.nets:
            needed[net.label] = needed.get(net.label, 0) + group.scale.maximum
            on_it.setdefault(net.label, []).append(group)
        if group.vip:
            needed[group.vip.label] = _BALANCER
    for net in layout.networks.values():
        block, most = network_of(net.cidr), needed.get(net.label, 0)
        free = block.num_addresses - _TAKEN if block else most
        if net.existing or most <= free:
            continue
        least = next(length for length in range(29, 0, -1) if 2 ** (32 - length) - _TAKEN >= most)
        related = (Label((s.tier.networks or s.tier).span, f"{s.id} is in it") for s in on_it.get(net.label, ()))
        yield Diagnostic(
            "CAMP453",
            f"the network {net.id} needs up to {most} addresses, but {net.cidr} has {max(free, 0)}",
            net.span,
            label="too small",
            related=tuple(related),
            notes=("the network itself, broadcast, the gateway and DHCP use four addresses",),
            help=f"use a larger block, with the prefix /{least} or shorter",
        )
