"""Links to load-balanced tiers, which use a port of the tier's load balancer."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.targets.openstack.layout.regions import Regions
from camp2iac.topology.model import Link, Tier, Topology


class Listener(Record, frozen=True):
    """A port of a tier's load balancer for the components that connect to one of its services.

    ``links``: their links, sorted by component. ``users``: their tiers.
    """

    service: str
    port: int
    links: tuple[Link, ...]
    users: frozenset[str]


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
    topology: Topology, ports: Mapping[str, int], regions: Regions, implied: frozenset[str]
) -> Mapping[str, tuple[Listener, ...]]:
    """The listeners of each load-balanced tier, by port. Users have one address, whatever the number of instances.

    Links from another region use the load balancer if its address is :func:`known` there.
    """
    choice = _ListenerChoice(topology, ports, regions, implied)
    return {id_: found for id_, tier in topology.tiers.items() if tier.balance and (found := choice.of_tier(tier))}


class _ListenerChoice(Record, frozen=True):
    topology: Topology
    ports: Mapping[str, int]
    regions: Regions
    implied: frozenset[str]

    def of_tier(self, tier: Tier) -> tuple[Listener, ...]:
        found = []
        for service in tier.services:
            links = tuple(link for link in self.topology.users(service) if self._goes_by(link, tier))
            if links and service in self.ports and self.topology.services[service].href is None:
                found.append(Listener(service, self.ports[service], links, frozenset(map(self._user, links))))
        return tuple(sorted(found, key=lambda listener: listener.port))

    def _goes_by(self, link: Link, tier: Tier) -> bool:
        user, of = self._user(link), self.regions.of
        if user == tier.id:
            return False
        return of[user] is of[tier.id] or known(self.topology, tier, self.implied)

    def _user(self, link: Link) -> str:
        return self.topology.components[link.component].tier
