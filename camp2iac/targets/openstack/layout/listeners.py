"""Links to tiers that are balanced: they go by the tier's balancer, through a port of its own."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.targets.openstack.layout.endpoints import implied
from camp2iac.topology.model import Link, Tier, Topology


class Listener(Record, frozen=True):
    """A port of a tier's balancer for the users of one of its services.

    ``links``: theirs, sorted by component; ``users``: the tiers that those are on.
    """

    service: str
    port: int
    links: tuple[Link, ...]
    users: frozenset[str]


def by_balancer(tier: Tier) -> bool:
    """Whether links to a tier go by its balancer: it has one.

    However many machines it has: users know one address, which stays when Scale is added or taken away.
    """
    return tier.balance is not None


def known(topology: Topology, tier: Tier) -> bool:
    """Whether other regions may know the address of what balances a tier: it is public, or the plan says floating."""
    if tier.floating is not None and tier.floating.value:
        return True
    inside = topology.tier_components(tier.id)
    exposed = any(each.public and each.public.value for component in inside for each in component.exposures)
    return exposed or not implied(topology).isdisjoint(component.id for component in inside)


def doors(
    topology: Topology, tier: Tier, ports: Mapping[str, int], regions: Mapping[str, object]
) -> tuple[Listener, ...]:
    """Those of a tier that is balanced, by port; none of any other tier.

    ``regions``: of each tier. Links from another go by the balancer where its address is :func:`known` there.
    """
    if not by_balancer(tier):
        return ()
    found = []
    for service in tier.services:
        links = tuple(
            link
            for link in topology.users(service)
            if (user := topology.components[link.component].tier) != tier.id
            and (regions.get(user) is regions.get(tier.id) or known(topology, tier))
        )
        if links and service in ports and topology.services[service].href is None:
            users = frozenset(topology.components[link.component].tier for link in links)
            found.append(Listener(service, ports[service], links, users))
    return tuple(sorted(found, key=lambda door: door.port))
