"""Links to load-balanced tiers, which use a port of the tier's load balancer."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.regions import Regions
from camp2iac.topology.model import Link, Tier, Topology


class Listener(Record, frozen=True):
    """A port of a tier's load balancer for the components that connect to one of its services.

    ``links``: their links, sorted by component. ``users``: their tiers. ``member``: the port of the process behind it.
    ``callee``: the component on the service that they call; empty: they connect to the service. ``endpoint``: the
    load balancer has the port already, for users of the callee. ``http``: the callee answers HTTP.
    """

    service: str
    port: int
    links: tuple[Link, ...]
    users: frozenset[str]
    member: int
    callee: str = ""
    endpoint: bool = False
    http: bool = False


def known(topology: Topology, tier: Tier, implied: frozenset[str]) -> bool:
    """Whether other regions may know the address of a tier's load balancer: it is public, or has ``floating: true``.

    ``implied``: the components that are public by default.
    """
    if tier.floating is not None and tier.floating.value:
        return True
    inside = topology.tier_components(tier.id)
    exposed = any(each.public and each.public.value for component in inside for each in component.exposures)
    return exposed or not implied.isdisjoint(component.id for component in inside)


def of_tiers(
    topology: Topology,
    ports: Mapping[str, int],
    regions: Regions,
    implied: frozenset[str],
    endpoints: Mapping[str, tuple[Endpoint, ...]],
) -> Mapping[str, tuple[Listener, ...]]:
    """The listeners of each load-balanced tier, by port. Users have one address, whatever the number of instances.

    Links from another region use the load balancer if its address is :func:`known` there. Calls use an endpoint of the
    callee without TLS, if it has one.
    """
    choice = _ListenerChoice(topology, ports, regions, implied, endpoints)
    return {id_: found for id_, tier in topology.tiers.items() if tier.balance and (found := choice.of_tier(tier))}


class _ListenerChoice(Record, frozen=True):
    topology: Topology
    ports: Mapping[str, int]
    regions: Regions
    implied: frozenset[str]
    endpoints: Mapping[str, tuple[Endpoint, ...]]

    def of_tier(self, tier: Tier) -> tuple[Listener, ...]:
        found = []
        for service in tier.services:
            if self.topology.services[service].href is not None:
                continue
            through = [link for link in self.topology.users(service) if self._goes_by(link, tier)]
            for callee in sorted({link.callee for link in through}):
                links = tuple(link for link in through if link.callee == callee)
                port = self.ports.get(callee or service)
                if port is not None:
                    found.append(self._listener(service, callee, port, links))
        return tuple(sorted(found, key=lambda listener: listener.port))

    def _listener(self, service: str, callee: str, port: int, links: tuple[Link, ...]) -> Listener:
        users = frozenset(map(self._user, links))
        component = self.topology.components.get(callee)
        if component is None:
            return Listener(service, port, links, users, port)
        ends = [end for end in self.endpoints[component.tier] if end.component is component and end.listen == port]
        open_ = next((end for end in ends if end.protocol != "udp" and not end.certificate), None)
        http = not ends or ends[0].protocol == "http"
        return Listener(
            service, open_.outside if open_ else port, links, users, port, callee, endpoint=open_ is not None, http=http
        )

    def _goes_by(self, link: Link, tier: Tier) -> bool:
        user, of = self._user(link), self.regions.of
        if user == tier.id:
            return False
        return of[user] is of[tier.id] or known(self.topology, tier, self.implied)

    def _user(self, link: Link) -> str:
        return self.topology.components[link.component].tier
