"""What answers behind a load balancer or a web server, which sets X-Forwarded-For and X-Forwarded-Proto.

What is not behind one is an edge: it replaces these headers, because a client could send others.
"""

from __future__ import annotations

from camp2iac.targets.kit import passed
from camp2iac.targets.openstack.layout.traffic import Traffic


def proxied(traffic: Traffic) -> frozenset[str]:
    """The components and services that users reach only through a proxy, by id.

    What users can also reach directly is left out, because anyone could send it the headers.
    """
    topology, balanced = traffic.topology, {*traffic.behind}
    balanced |= {tier.id for tier in topology.tiers.values() if tier.balance is not None}
    members = passed.members(topology) & traffic.groups.keys()
    found: set[str] = set()
    for id_ in balanced & traffic.groups.keys():
        unread = _unread(traffic, id_)
        found.update(component.id for component in topology.tier_components(id_) if component.id not in unread)
    for id_ in traffic.beside:
        found.update(_beside(traffic, id_))
    for id_ in members - balanced:
        direct = _direct(traffic, id_)
        found.update(component.id for component in topology.tier_components(id_) if component.id not in direct)
    return frozenset(found | _services(traffic, found, members))


def _services(traffic: Traffic, components: set[str], members: frozenset[str]) -> set[str]:
    """The services whose components are all behind a proxy, and those without components that are members."""
    topology, found = traffic.topology, set[str]()
    for service in topology.services.values():
        if service.components:
            behind = components.issuperset(service.components)
        else:
            ports = [traffic.ports.get(service.id, service.product.port)]
            ports += [front.outside for front in traffic.front_ports.get(service.id, ())]
            inner = service.tier in members and service.id not in traffic.beside.values()
            behind = inner and not any(_opened(traffic, service.tier, port) for port in ports)
        if behind:
            found.add(service.id)
    return found


def _beside(traffic: Traffic, tier: str) -> set[str]:
    """The components behind HAProxy on their own instance."""
    fronted = {endpoint.component.id for endpoint in traffic.endpoints[tier] if endpoint.front}
    return fronted - _direct(traffic, tier)


def _unread(traffic: Traffic, tier: str) -> set[str]:
    """The components of a tier with a load balancer that passes on the bytes of their port, so it sets no header."""
    ends = [
        *traffic.endpoints.get(tier, ()),
        *(end for id_, behind in traffic.before.items() if behind.id == tier for end in traffic.endpoints.get(id_, ())),
    ]
    unread = [end for end in ends if end.protocol != "http"]
    return {end.component.id for end in unread if end.listen == traffic.ports.get(end.component.id, end.listen)}


def _direct(traffic: Traffic, tier: str) -> set[str]:
    """The components of a tier that others than a proxy can connect to: they are public, or Ports opens their port."""
    ends = traffic.endpoints.get(tier, ())
    found = {endpoint.component.id for endpoint in ends if endpoint.public and not endpoint.front}
    for component in traffic.topology.tier_components(tier):
        if _opened(traffic, tier, traffic.ports.get(component.id)):
            found.add(component.id)
    return found


def _opened(traffic: Traffic, tier: str, port: int | None) -> bool:
    """Whether Ports of the tier opens a port."""
    opened = [each for said in traffic.topology.tiers[tier].ports for each in said.value if each.protocol == "tcp"]
    return port is not None and any(each.first <= port <= each.last for each in opened)
