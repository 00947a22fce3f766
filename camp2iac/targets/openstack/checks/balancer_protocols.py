"""HAProxy does not balance UDP."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout

STAGE = Stage.BASIS


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP405."""
    if layout.settings.balancer != "haproxy":
        return
    statement = layout.environment.span("balancer")
    for tier in (tier for tier in layout.plan.tiers.values() if tier.balance):
        for component in layout.plan.tier_components(tier.id):
            for exposure in (each for each in component.exposures if each.protocol == "udp"):
                yield Diagnostic(
                    "CAMP405",
                    f"{component.name} is asked by UDP, and {layout.settings.file} says that the cloud has no "
                    "balancer of its own: HAProxy balances TCP and HTTP",
                    exposure.span,
                    label="needs Octavia",
                    related=(Label(statement, "said here"),) if statement else (),
                    help=f"leave out Balance of {tier.id}: then users ask its machines, by their own addresses",
                )
