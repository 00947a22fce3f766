"""References in the plan's values: addresses, ports and passwords."""

from __future__ import annotations

from camp2iac.topology.model import Reference, Topology


def referred(topology: Topology) -> frozenset[str]:
    """The tiers whose addresses others use, through links, IP() or IPALL()."""
    tiers = {tier_of(topology, r.name) for r in references(topology) if r.kind in ("IP", "IPALL")}
    for component in topology.components.values():
        for link in component.links:
            tier = topology.services[link.service].tier
            if tier != component.tier and not (tier in topology.tiers and topology.tiers[tier].balance is not None):
                tiers.add(tier)
    return frozenset(tiers)


def tier_of(topology: Topology, name: str) -> str:
    """The tier with a name, or the tier of the service or component with it."""
    if name in topology.tiers:
        return name
    return topology.services[name].tier if name in topology.services else topology.components[name].tier


def references(topology: Topology) -> list[Reference]:
    """Every reference in the plan's values."""
    return [reference for _, text in topology.texts for reference in text.references]


def to_addresses(topology: Topology, tier: str) -> tuple[Reference, ...]:
    """The references to the addresses of a tier, its services or its components."""
    names = (tier, *topology.tiers[tier].services, *(c.id for c in topology.tier_components(tier)))
    found = (topology.references_to.get(name, ()) for name in dict.fromkeys(names))
    return tuple(
        each for of in found for each in of if each.kind in ("IP", "IPALL") and tier_of(topology, each.name) == tier
    )
