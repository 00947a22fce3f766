"""The ports of services and components."""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.topology import elsewhere
from camp2iac.topology.model import Component, Service, Topology

_FRONT = re.compile("([0-9]{1,5}):([0-9]{1,5})(?::(http|tcp))?")


class FrontPort(Record, frozen=True):
    """A port of a load balancer product, and the port of its members behind it."""

    outside: int
    member: int
    mode: str

    def __str__(self) -> str:
        """In the form of the product's attribute ``ports``."""
        return f"{self.outside}:{self.member}:{self.mode}"


def _front_ports(service: Service) -> tuple[FrontPort, ...]:
    """The ports in a load balancer product's attribute ``ports``."""
    given = service.attributes.get("ports") if "member_port" in service.product.attributes else None
    parts = ((given.value.literal if given else None) or "").split(",")
    found = [match for part in parts if (match := _FRONT.match(part))]
    return tuple(FrontPort(int(match[1]), int(match[2]), match[3] or "http") for match in found)


def fronts(topology: Topology) -> Mapping[str, tuple[FrontPort, ...]]:
    """The ports of services with a load balancer product, if the plan has its attribute ``ports``."""
    return {service.id: found for service in topology.services.values() if (found := _front_ports(service))}


def listening(topology: Topology) -> Mapping[str, int]:
    """The port of each service, component and tier that has one. A tier has that of its first service with a port."""
    found: dict[str, int] = {}
    own = {c.id: port for c in topology.components.values() if (port := _component_port(topology, c)) is not None}
    for tier in topology.tiers.values():
        inside = [port for service in tier.services if (port := _service_port(topology, service, own)) is not None]
        if inside:
            found[tier.id] = inside[0]
    for id_ in topology.services:
        if (port := _service_port(topology, id_, own)) is not None:
            found[id_] = port
    return {**found, **own}


def _component_port(topology: Topology, component: Component) -> int | None:
    for exposure in sorted(component.exposures, key=lambda e: e.protocol != "http"):
        if exposure.port:
            return exposure.port.value
    option = component.options.get("port")
    if option and re.fullmatch("[0-9]{1,5}", option.value.literal or ""):
        return int(option.value.literal or 0)
    return topology.services[component.host].product.port


def _service_port(topology: Topology, id_: str, components: Mapping[str, int]) -> int | None:
    service = topology.services[id_]
    if service.product.role == "balancer" and (fronts := _front_ports(service)):
        return fronts[0].outside
    if service.href:
        found = elsewhere.of(service)
        return (found.port if found else None) or service.product.port
    hosted = [components[component] for component in service.components if component in components]
    return hosted[0] if hosted else service.product.port
