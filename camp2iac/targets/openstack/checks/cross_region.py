"""Connections between regions."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.layout.cross_region import Crossing, source
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP450: a connection without a floating IP. CAMP451: a connection over the public network."""
    for crossing in layout.crossings:
        user, other = layout.groups[crossing.user], layout.groups[crossing.other]
        if not crossing.balanced and not other.outside:
            yield _closed(layout, crossing, other, "has no floating IP")
        elif source(user) is None:
            yield _closed(layout, crossing, user, f"has no address that {other.id} can allow")
        else:
            yield _open(user, other, crossing)


def _open(user: MachineGroup, other: MachineGroup, crossing: Crossing) -> Diagnostic:
    return Diagnostic(
        "CAMP451",
        f"{user.id} in {_name(user)} connects to {other.id} in {_name(other)} over the public network",
        crossing.span,
        label=f"uses the floating IP of {other.id}",
        help=f"encrypt the connections to {other.id}, or place both tiers in one region",
    )


def _closed(layout: OpenStackLayout, crossing: Crossing, lacks: MachineGroup, fault: str) -> Diagnostic:
    user, other = layout.groups[crossing.user], layout.groups[crossing.other]
    statement = other.tier.region or user.tier.region
    return Diagnostic(
        "CAMP450",
        f"{user.id} in {_name(user)} connects to {other.id} in {_name(other)}, but {lacks.id} {fault}",
        crossing.span,
        label="connects two regions",
        related=(Label(statement.span, "another region"),) if statement else (),
        notes=("private addresses and security groups are valid only inside their region",),
        help=f"give the instances of {lacks.id} floating IPs:\n"
        f"- characteristic_type: org.camp2iac:Placement\n  floating: true\n"
        "or place both tiers in one region",
    )


def _name(group: MachineGroup) -> str:
    return group.region.name or "the credentials' region"
