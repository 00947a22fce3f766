"""The edges of a picture: users, links, and addresses of other tiers in variables and attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from camp2iac.review.graph.model import PictureEdge, PictureLine, PictureNode, in_order
from camp2iac.review.graph.view import View
from camp2iac.targets.facts import INTERNET
from camp2iac.targets.kit import exposures, service_ports
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Component, Exposure, Link, Reference, TextValue

PRIVATE = "the private network"
_ADDRESSES = ("IP", "IPALL")


class Connections:
    """``nodes``: users, and what the platform puts in front of components, by id."""

    def __init__(self, view: View, ids: Mapping[tuple[str, str], tuple[str, ...]]) -> None:
        self.nodes: dict[str, PictureNode] = {}
        self._view, self._ids = view, ids
        self._ports = service_ports.listening(view.topology)
        self._found: dict[tuple[str, str], list[str]] = {}
        self._through: dict[tuple[str, str], str] = {}  # caller and callee, to the entry between them

    def all(self) -> tuple[PictureEdge, ...]:
        """The edges, one for each pair of nodes, sorted."""
        if self._view.facts.entries:
            self._entries()
        for component in self._view.topology.components.values():
            if self._view.deployed(component):
                self._links(component)
                self._addresses(component)
        self._members()
        self._opened()
        if not self._view.facts.entries:
            self._users()
        pairs = sorted(self._found, key=lambda pair: (in_order(pair[0]), in_order(pair[1])))
        return tuple(PictureEdge(*pair, ", ".join(self._found[pair])) for pair in pairs)

    def _add(self, source: str, destination: str, label: str = "") -> None:
        labels = self._found.setdefault((source, destination), [])
        if label and label not in labels:
            labels.append(label)

    def _outside(self, who: str) -> str:
        id_ = f"users/{slug(who.removeprefix('the '))}"
        self.nodes.setdefault(id_, PictureNode(id_, "users", who))
        return id_

    def _port(self, kind: str, id_: str) -> str:
        """Where a component or a service listens, unless the platform decides it."""
        for part in self._view.facts.parts:
            if (part.kind, part.id) == (kind, id_) and part.port is not None:
                return part.port
        port = self._ports.get(id_)
        return f"TCP {port}" if port is not None else ""

    def _entries(self) -> None:
        """How users and callers come in on the platform."""
        entries = sorted(self._view.facts.entries, key=lambda each: (each.kind, each.id, each.what))
        behind = {(each.of, each.id) for each in entries if each.through}
        shared = Counter(of for of, _ in behind)
        for entry in entries:
            inside = self._ids.get((entry.kind, entry.id), ())
            if not inside:
                continue
            first = inside[0]
            if entry.through:
                id_ = f"entry/{entry.of}"
                title, _, more = entry.through.partition(", ")
                lines = (PictureLine("platform", more),) if more else ()
                self.nodes.setdefault(id_, PictureNode(id_, "entry", title, lines))
                self._add(id_, first, entry.what if shared[entry.of] > 1 else "")
                self._through.update(((caller, first), id_) for caller in entry.callers)
                first = id_
            for who in entry.sources:
                self._add(self._outside(who), first, entry.what)

    def _users(self) -> None:
        """The exposures of the plan. Private ones only if nothing in the plan connects to the component."""
        connected = {destination for _, destination in self._found}
        implied = exposures.implied(self._view.topology)
        for component in self._view.topology.components.values():
            if not self._view.deployed(component):
                continue
            id_ = f"component/{component.id}"
            if component.id in implied:
                self._add(self._outside(INTERNET), id_, f"HTTP {self._ports.get(component.id, '')}".strip())
            for exposure in component.exposures:
                if exposure.public is not None and exposure.public.value and self._view.has(exposure.public):
                    self._add(self._outside(INTERNET), id_, self._endpoint(component, exposure))
                elif id_ not in connected:
                    self._add(self._outside(PRIVATE), id_, self._endpoint(component, exposure))

    def _endpoint(self, component: Component, exposure: Exposure) -> str:
        tls = exposure.tls is not None and exposure.tls.value
        scheme = "HTTPS" if tls and exposure.protocol == "http" else exposure.protocol.upper()
        outside = exposure.outside or exposure.port
        port = outside.value if outside is not None else self._ports.get(component.id)
        return f"{scheme} {port}" if port is not None else scheme

    def _links(self, component: Component) -> None:
        for link in component.links:
            if self._view.has(link.statement):
                for destination, label in self._destinations(link):
                    through = self._through.get((component.id, destination), destination)
                    for source in self._ids["component", component.id]:
                        self._add(source, through, label)

    def _destinations(self, link: Link) -> Iterator[tuple[str, str]]:
        kind, id_ = ("component", link.callee) if link.callee else ("service", link.service)
        for destination in self._ids.get((kind, id_), ())[:1]:
            yield destination, self._port(kind, id_)

    def _addresses(self, component: Component) -> None:
        """Addresses of other tiers in the variables of a component."""
        for variable in component.variables:
            if not self._view.has(variable.statement):
                continue
            port = next((each.name for each in variable.value.references if each.kind == "PORT"), "")
            for reference in _references(variable.value):
                for kind, id_ in self._on(reference.name, {component.id}, port):
                    for source in self._ids["component", component.id]:
                        self._add_missing(source, self._ids[kind, id_][:1], self._port(kind, id_))

    def _members(self) -> None:
        """Servers that pass requests on to the addresses in their attributes."""
        for service in self._view.topology.services.values():
            given = service.attributes.get("member_port")
            port = (given.value.literal if given is not None else None) or ""
            for statement in service.attributes.values():
                if "member_port" not in service.product.attributes or not self._view.has(statement):
                    continue
                for reference in _references(statement.value):
                    inside = self._on(reference.name, {service.id, *service.components}, "")
                    listening = [each for each in inside if port and str(self._ports.get(each[1])) == port]
                    for kind, id_ in listening or inside:
                        label = f"TCP {port}" if port else self._port(kind, id_)
                        for source in self._ids["service", service.id]:
                            self._add_missing(source, self._ids[kind, id_][:1], label)

    def _on(self, tier: str, without: set[str], named: str) -> list[tuple[str, str]]:
        """The components and services on a tier, except those in ``without``; only ``named`` if it is one of them."""
        topology = self._view.topology
        found: list[tuple[str, str]] = []
        for id_ in topology.tiers[tier].services if tier in topology.tiers else ():
            service = topology.services[id_]
            found += [("component", each) for each in service.components] or [("service", id_)]
        found = [each for each in found if each[1] not in without and each in self._ids]
        return [each for each in found if each[1] == named] or found

    def _opened(self) -> None:
        """Ports that the plan opens. Those for another tier only if nothing else connects both."""
        for tier in self._view.topology.tiers.values():
            inside = self._on(tier.id, set(), "")[:1]
            for range_ in (each for said in tier.ports if self._view.has(said) for each in said.value):
                last = f" to {range_.last}" if range_.last != range_.first else ""
                label = f"{range_.protocol.upper()} {range_.first}{last}"
                for destination in (each for part in inside for each in self._ids[part][:1]):
                    for source in self._sources(range_.source):
                        self._add_missing(source, [destination], label, users=source.startswith("users/"))

    def _sources(self, source: str) -> Iterator[str]:
        if source in self._view.topology.tiers:
            yield from (each for part in self._on(source, set(), "") for each in self._ids[part][:1])
        else:
            yield self._outside(INTERNET if source == "anywhere" else source)

    def _add_missing(self, source: str, to: Iterable[str], label: str, *, users: bool = False) -> None:
        """Add edges between nodes that have none, or of users."""
        for destination in to:
            if source != destination and (users or (source, destination) not in self._found):
                self._add(source, destination, label)


def _references(value: TextValue) -> Iterator[Reference]:
    """The addresses of tiers in a value."""
    return (each for each in value.references if each.kind in _ADDRESSES)
