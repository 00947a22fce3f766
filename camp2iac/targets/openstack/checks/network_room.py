"""More machines than a network has addresses for."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.networks import network_of

_BALANCER = 4  # its address and those of two amphorae, with one to spare while they are replaced
_TAKEN = 4  # of each network: its own address, the last one, the gateway, DHCP's


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
        related = (Label((s.tier.networks or s.tier).span, f"{s.id} is on it") for s in on_it.get(net.label, ()))
        yield Diagnostic(
            "CAMP453",
            f"the network {net.id} has {max(free, 0)} addresses to give, and {most} may be needed: {net.cidr}",
            net.span,
            label="too small",
            related=tuple(related),
            notes=("the network's own address, the last one, the gateway and DHCP's take four",),
            help=f"give it a block with a prefix of /{least} or less",
        )
