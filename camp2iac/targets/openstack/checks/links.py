"""Links to a tier with several instances and no load balancer."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology.model import Component, Link


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP407."""
    for component, link in to_the_first(layout):
        service = layout.topology.services[link.service]
        other = layout.groups[service.tier]
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


def to_the_first(layout: OpenStackLayout) -> Iterator[tuple[Component, Link]]:
    """The links that lead to the first of several instances of another tier."""
    topology = layout.topology
    for component in topology.components.values():
        for link in component.links:
            service = topology.services[link.service]
            other = layout.groups.get(service.tier)
            if other is None or other.scale.maximum < 2 or other.id == component.tier:
                continue
            if not layout.listener(component.tier, service.id, link.callee):
                yield component, link
