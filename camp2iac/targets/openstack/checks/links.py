"""Links to a tier with several instances and no load balancer."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP407."""
    topology = layout.topology
    for component in topology.components.values():
        for link in component.links:
            service = topology.services[link.service]
            other = layout.groups.get(service.tier)
            if (
                other is None
                or not other.many
                or other.id == component.tier
                or layout.listener(component.tier, service.id, link.callee)
            ):
                continue
            scale = other.tier.scale
            several = f"or pass all addresses to the application, with IPALL({other.id}) in a variable"
            if service.product.data:
                help_ = f"remove Scale from {other.id}, {several}"
            else:
                help_ = (
                    f"add a load balancer to the characteristics of {service.id}:\n"
                    f"- characteristic_type: org.camp2iac:Balance\n{several}"
                )
            yield Diagnostic(
                "CAMP407",
                f"{component.name} connects only to the first of up to {other.scale.maximum} instances of {link.to}",
                link.span,
                label="the address of the first instance",
                related=(Label(scale.span, "more than one instance"),) if scale else (),
                help=help_,
            )
