"""CAMP320: a service that keeps data, on several instances."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.kit import separate_data
from camp2iac.targets.openstack.checks import links
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology.model import Service


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """Check each service, unless its links (CAMP407) or its volumes (CAMP326) say the same."""
    topology = layout.topology
    told = {link.service for _, link in links.to_the_first(layout)}
    hosts = {component.host for component in topology.components.values()}
    for tier in topology.tiers.values():
        volumes = {statement.subject.id for statement in tier.volumes} & hosts
        for service in (topology.services[id_] for id_ in tier.services):
            if separate_data.apart(topology, service) and service.id not in told | volumes:
                yield separate_data.warn(topology, service, "instances", tuple(_notes(layout, service)))


def _notes(layout: OpenStackLayout, service: Service) -> Iterator[str]:
    inside = separate_data.users(layout.topology, service, service.tier)
    if inside:
        yield f"on each instance, {inside} uses the {service.product.title} of that instance (127.0.0.1)"
    links = layout.topology.users(service.id)
    if any(layout.topology.components[each.component].tier != service.tier for each in links):
        yield "the load balancer leads to any of them"
