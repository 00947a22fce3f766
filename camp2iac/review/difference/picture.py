"""The parts of an application and their connections, for its picture."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.compiler import Result
from camp2iac.review.difference.model import PartEdge, PartNode
from camp2iac.topology.model import Topology

INTERNET = "the Internet"


def picture(*results: Result | None) -> tuple[tuple[PartNode, ...], tuple[PartEdge, ...]]:
    """The parts and edges of several versions, the newest last. Parts have the order of the plan."""
    parts: dict[str, PartNode] = {}
    edges: dict[tuple[str, str], PartEdge] = {}
    for result in reversed(results):
        if result is not None:
            parts.update((each.id, each) for each in _parts(result.topology) if each.id not in parts)
            edges.update(((each.source, each.destination), each) for each in _edges(result.topology))
    return tuple(parts.values()), tuple(edges.values())


def _parts(topology: Topology) -> Iterator[PartNode]:
    if any(exposure.public for component in topology.components.values() for exposure in component.exposures):
        yield PartNode(INTERNET, kind="internet")
    for component in sorted(topology.components.values(), key=lambda each: each.span):
        yield PartNode(component.id, component.name, "component")
    for service in sorted(topology.services.values(), key=lambda each: each.span):
        if not service.components:
            yield PartNode(service.id, service.name, "service")


def _edges(topology: Topology) -> Iterator[PartEdge]:
    for component in sorted(topology.components.values(), key=lambda each: each.span):
        if any(exposure.public is not None and exposure.public.value for exposure in component.exposures):
            yield PartEdge(INTERNET, component.id)
        for link in component.links:
            service = topology.services.get(link.service)
            if link.callee:
                yield PartEdge(component.id, link.callee)
            elif service is not None:
                yield PartEdge(component.id, service.id, service.product.title)
