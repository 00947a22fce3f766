"""Tiers to which a load balancer product of the plan, such as nginx or HAProxy, passes requests."""

from __future__ import annotations

from camp2iac.topology.model import Topology


def members(topology: Topology) -> frozenset[str]:
    """The tiers that are in the addresses of such a product."""
    return frozenset(
        reference.name
        for service in topology.services.values()
        if "member_port" in service.product.attributes
        for attribute in service.attributes.values()
        for reference in attribute.value.references
        if reference.kind in ("IP", "IPALL") and reference.name in topology.tiers
    )
