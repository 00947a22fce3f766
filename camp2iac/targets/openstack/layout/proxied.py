"""What answers behind a load balancer or a web server, which says in X-Forwarded-Proto whether users came by HTTPS."""

from __future__ import annotations

from camp2iac.targets.openstack.layout.traffic import Traffic


def proxied(traffic: Traffic) -> frozenset[str]:
    """The components and services that users reach only through a proxy, by id.

    What users can also reach directly is left out, because anyone could send it the header.
    """
    topology, balanced = traffic.topology, {*traffic.behind}
    balanced |= {tier.id for tier in topology.tiers.values() if tier.balance is not None}
    found: set[str] = set()
    for id_ in traffic.groups:
        if id_ in balanced:
            found.update(topology.tiers[id_].services)
            found.update(component.id for component in topology.tier_components(id_))
    for id_ in traffic.beside:
        found.update(_beside(traffic, id_))
    for id_ in _members(traffic) - balanced:
        direct = _direct(traffic, id_)
        found.update(component.id for component in topology.tier_components(id_) if component.id not in direct)
    return frozenset(found)


def _beside(traffic: Traffic, tier: str) -> set[str]:
    """The components behind HAProxy on their own instance, and the services that have no others."""
    fronted = {endpoint.component.id for endpoint in traffic.endpoints[tier] if endpoint.front}
    found = fronted - _direct(traffic, tier)
    services = (traffic.topology.services[id_] for id_ in traffic.topology.tiers[tier].services)
    return found | {service.id for service in services if service.components and found.issuperset(service.components)}


def _direct(traffic: Traffic, tier: str) -> set[str]:
    """The components of a tier that others than a proxy can connect to: they are public, or Ports opens their port."""
    ends = traffic.endpoints.get(tier, ())
    found = {endpoint.component.id for endpoint in ends if endpoint.public and not endpoint.front}
    opened = [each for said in traffic.topology.tiers[tier].ports for each in said.value if each.protocol == "tcp"]
    for component in traffic.topology.tier_components(tier):
        port = traffic.ports.get(component.id)
        if port is not None and any(each.first <= port <= each.last for each in opened):
            found.add(component.id)
    return found


def _members(traffic: Traffic) -> set[str]:
    """The tiers to which load balancer products of the plan pass requests."""
    return {
        reference.name
        for service in traffic.topology.services.values()
        if "member_port" in service.product.attributes
        for attribute in service.attributes.values()
        for reference in attribute.value.references
        if reference.kind in ("IP", "IPALL") and reference.name in traffic.groups
    }
