"""UDP behind HAProxy, which does not support it."""

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
                    f"{component.name} uses UDP, but {layout.settings.file} sets HAProxy as the load balancer, which "
                    "supports only TCP and HTTP",
                    exposure.span,
                    label="needs Octavia",
                    related=(Label(statement, "sets HAProxy"),) if statement else (),
                    help=f"remove Balance from {tier.id}, so that users connect to its instances, "
                    "or write  balancer: octavia",
                )
