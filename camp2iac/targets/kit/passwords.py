"""Which services have a generated password."""

from __future__ import annotations

from camp2iac.targets.kit.references import references
from camp2iac.topology.model import Topology


def generated_passwords(topology: Topology) -> frozenset[str]:
    """The services with a generated password: people or components log in, and the plan has no password."""
    asked = {reference.name for reference in references(topology) if reference.kind == "PASSWORD"}
    return frozenset(
        service.id
        for service in topology.services.values()
        if (service.product.login or (service.product.link is not None and service.product.link.password))
        and not service.href
        and "password" not in service.attributes
        and (service.product.login or service.id in asked or service.tier in asked or topology.users(service.id))
    )
