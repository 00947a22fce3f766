"""Load balancers that would need a port twice."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout

STAGE = Stage.BASIS


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP456. Neutron and HAProxy have separate ports for UDP and TCP."""
    for tier in (tier for tier in layout.plan.tiers.values() if tier.balance):
        taken: dict[tuple[int, bool], tuple[str, Span]] = {}
        for port, udp, who, span in _listening(layout, tier.id):
            if (port, udp) in taken:
                first, other = taken[(port, udp)]
                yield Diagnostic(
                    "CAMP456",
                    f"the load balancer of {tier.id} needs port {port} twice: for {first} and for {who}",
                    span,
                    label=f"also needs port {port}",
                    related=(Label(other, f"needs port {port}"),) if other != span else (),
                    help="set another port for users of one of them, with  as: PORT  in org.camp2iac:Expose",
                )
            taken[(port, udp)] = (who, span)


def _listening(layout: OpenStackLayout, tier: str) -> Iterator[tuple[int, bool, str, Span]]:
    """The ports of a tier's load balancer: the number, whether it is UDP, what needs it, and where."""
    for end in layout.endpoints.get(layout.behind.get(tier, tier), ()):
        yield end.outside, end.protocol == "udp", end.component.name, end.exposure.span
    for listener in (each for each in layout.listeners.get(tier, ()) if not each.endpoint):
        yield listener.port, False, f"links to {listener.callee or listener.service}", listener.links[0].span
