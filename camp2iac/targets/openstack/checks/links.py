"""A link leads to one address, where nothing balances."""

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
                or layout.listener(component.tier, service.id)
            ):
                continue
            scale = other.tier.scale
            several = f"IPALL({other.id}) in a variable gives all of them"
            if service.product.data:
                help_ = f"leave out Scale of {other.id}, or let the application know them: {several}"
            else:
                help_ = (
                    f"let a balancer stand before {other.id}, in the characteristics of {service.id}:\n"
                    f"- characteristic_type: org.camp2iac:Balance\nor let the application know them: {several}"
                )
            yield Diagnostic(
                "CAMP407",
                f"{component.name} connects to {link.service}, which may be {other.scale.maximum} machines: "
                "it gets the address of the first",
                link.span,
                label="one address",
                related=(Label(scale.span, "more than one machine"),) if scale else (),
                help=help_,
            )
