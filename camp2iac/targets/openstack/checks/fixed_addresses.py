"""Blocks of fixed addresses that are outside their tier's networks, or too small."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP613."""
    for id_, text in sorted(layout.settings.addresses.items()):
        group = layout.groups.get(id_)
        fault, note = _fault(group, text) if group else ("", "")
        if fault:
            yield Diagnostic(
                "CAMP613",
                f"the block of addresses of {id_} {fault}: {text}",
                layout.environment.span("addresses", id_),
                label=fault,
                notes=(note,),
                help="write another block, or remove it, so that the cloud chooses the addresses",
            )


def _fault(group: MachineGroup, text: str) -> tuple[str, str]:
    """What is wrong with a tier's block, and a note; two empty strings if nothing is wrong."""
    try:
        block = IPv4Network(text)
    except ValueError:
        return "is not a network", "a block begins at a multiple of its size: a /28 at .0, .16, .32 and so on"
    if not any(group.in_block(net) for net in group.nets):
        has = ", ".join(f"{net.id} has {net.cidr}" for net in group.nets if net.cidr and not net.existing)
        return "is outside its networks", has or "its networks exist already"
    if block.num_addresses <= group.scale.maximum:
        return "is too small", f"instance n gets address n of the block, and n can be {group.scale.maximum}"
    return "", ""
