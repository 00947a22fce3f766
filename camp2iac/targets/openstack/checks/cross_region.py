"""Ways over the border of a region."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.layout.cross_region import Crossing, source
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP450: a way over the border that no address leads. CAMP451: one that does, in the open."""
    for crossing in layout.crossings:
        user, other = layout.groups[crossing.user], layout.groups[crossing.other]
        if not crossing.balanced and not other.outside:
            yield _closed(layout, crossing, other, "has no floating address")
        elif source(user) is None:
            yield _closed(layout, crossing, user, f"has no address that {other.id} could let in")
        else:
            yield _open(user, other, crossing)


def _open(user: MachineGroup, other: MachineGroup, crossing: Crossing) -> Diagnostic:
    return Diagnostic(
        "CAMP451",
        f"{user.id} in {_name(user)} speaks with {other.id} in {_name(other)} over the public network",
        crossing.span,
        label="by the floating address there",
        help=f"let {other.id} encrypt what it says, or place both in one region",
    )


def _closed(layout: OpenStackLayout, crossing: Crossing, lacks: MachineGroup, fault: str) -> Diagnostic:
    user, other = layout.groups[crossing.user], layout.groups[crossing.other]
    statement = other.tier.region or user.tier.region
    return Diagnostic(
        "CAMP450",
        f"{user.id} in {_name(user)} speaks with {other.id} in {_name(other)}, and {lacks.id} {fault}",
        crossing.span,
        label="between two regions",
        related=(Label(statement.span, "another region"),) if statement else (),
        notes=("private addresses and security groups end at a region's border",),
        help=f"give the machines of {lacks.id} floating addresses:\n"
        f"- characteristic_type: org.camp2iac:Placement\n  floating: true\n"
        "or place both tiers in one region",
    )


def _name(group: MachineGroup) -> str:
    return group.region.name or "the credentials' region"
