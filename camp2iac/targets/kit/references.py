"""References in the plan's values: addresses, ports and passwords."""

from __future__ import annotations

from camp2iac.topology.model import Reference, TextValue, Topology


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


def texts(topology: Topology) -> list[tuple[str, TextValue]]:
    """Every value of the plan, with the tier that uses it."""
    found = []
    for component in topology.components.values():
        found += [(component.tier, variable.value) for variable in component.variables]
        found += [(component.tier, statement.value) for statement in component.options.values()]
        found += [(component.tier, statement.value) for link in component.links for statement in link.options.values()]
    for service in topology.services.values():
        found += [(service.tier, statement.value) for statement in service.attributes.values()]
        found += [(service.tier, statement.value) for job in service.jobs for statement in job.options.values()]
    return found


def references(topology: Topology) -> list[Reference]:
    """Every reference in the plan's values."""
    return [reference for _, text in texts(topology) for reference in text.references]
