"""A balancer that would listen twice at one port."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout

STAGE = Stage.BASIS


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP456. Neutron and HAProxy tell UDP's ports from TCP's."""
    for tier in (tier for tier in layout.plan.tiers.values() if tier.balance):
        taken: dict[tuple[int, bool], tuple[str, Span]] = {}
        for port, udp, who, span in _listening(layout, tier.id):
            if (port, udp) in taken:
                first, other = taken[(port, udp)]
                yield Diagnostic(
                    "CAMP456",
                    f"the balancer of {tier.id} would listen twice at port {port}: for {first} and for {who}",
                    span,
                    label="the second",
                    related=(Label(other, "the first"),) if other != span else (),
                    help="let users ask for one of them at another port, by  as: PORT  in org.camp2iac:Expose",
                )
            taken[(port, udp)] = (who, span)


def _listening(layout: OpenStackLayout, tier: str) -> Iterator[tuple[int, bool, str, Span]]:
    """The ports of a tier's balancer: whether of UDP, for whom, and where that is said."""
    for end in layout.endpoints.get(layout.behind.get(tier, tier), ()):
        yield end.outside, end.protocol == "udp", end.component.name, end.exposure.span
    for listener in layout.listeners.get(tier, ()):
        yield listener.port, False, f"links to {listener.service}", listener.links[0].span
