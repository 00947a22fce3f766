"""Networks with tiers in two regions. A network in Neutron belongs to one region."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.networks import Net


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP404."""
    for net in layout.networks.values():
        if len(net.regions) > 1:
            yield _federated(layout, net)


def _federated(layout: OpenStackLayout, net: Net) -> Diagnostic:
    regions = layout.regions
    on_it = [t for t in layout.topology.tiers.values() if t.networks and net.id in t.networks.value]
    first, *others = sorted(on_it, key=lambda tier: (regions.of[tier.id].alias, tier.id))
    strange = next(tier for tier in others if regions.of[tier.id] is not regions.of[first.id])
    here, there = regions.of[first.id].name or "the credentials' region", regions.of[strange.id].name
    statement = strange.region or strange.networks
    other = f"{net.id}-{regions.of[strange.id].alias.replace('_', '-')}"
    return Diagnostic(
        "CAMP404",
        f"the network {net.id} would be in two regions: {first.id} is in {here}, {strange.id} in {there}",
        net.span or strange.span,
        label="a network belongs to one region",
        related=(Label(statement.span, f"{strange.id} is in {there}"),) if statement else (),
        notes=("camp2iac does not connect networks of two regions: links between regions use floating IPs",),
        help=f"add another network, and place {strange.id} in it:\n"
        f"org.camp2iac:Networks: {{ {other}: {{}} }}\n"
        f"- characteristic_type: org.camp2iac:Placement\n  networks: [{other}]",
    )
