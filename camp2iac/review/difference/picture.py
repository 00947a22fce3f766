"""The parts of an application and their connections, for its picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.compiler import Result
from camp2iac.review.difference.model import PartEdge, PartNode
from camp2iac.review.difference.renamed import current
from camp2iac.topology.model import Topology

INTERNET = "the Internet"


def picture(
    before: Result | None, after: Result | None, renamed: Mapping[str, str]
) -> tuple[tuple[PartNode, ...], tuple[PartEdge, ...]]:
    """The parts and edges of both versions, those of the new one first. Parts have the order of the plan.

    ``renamed``: old ids to new ones. A part that only has another name is drawn once.
    """
    parts = {each.id: each for each in _parts(after.topology)} if after is not None else {}
    edges = {(each.source, each.destination): each for each in _edges(after.topology)} if after is not None else {}
    if before is None:
        return tuple(parts.values()), tuple(edges.values())
    now = {each: current((each, renamed.get(each, each)), parts) for each in _ids(before.topology)}
    for part in _parts(before.topology):
        parts.setdefault(now.get(part.id, part.id), part)
    for edge in _edges(before.topology):
        ends = now.get(edge.source, edge.source), now.get(edge.destination, edge.destination)
        edges.setdefault(ends, PartEdge(*ends, edge.label))
    return tuple(parts.values()), tuple(edges.values())


def _ids(topology: Topology) -> tuple[str, ...]:
    return (*topology.components, *topology.services)


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
