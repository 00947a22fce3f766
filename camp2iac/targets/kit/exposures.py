"""The exposures that a plan implies."""

from __future__ import annotations

from camp2iac.topology.model import Topology


def implied(topology: Topology) -> frozenset[str]:
    """The components that are public by default, because the plan has no exposures, ports or floating IPs at all.

    These are the components that answer requests and that nothing else in the plan connects to. A plan without the
    profile then works as on a platform where every application is public.
    """
    exposed = any(component.exposures for component in topology.components.values())
    opened = any(tier.ports or tier.floating for tier in topology.tiers.values())
    if exposed or opened:
        return frozenset()
    return frozenset(
        component.id
        for component in topology.components.values()
        if topology.services[component.host].product.port is not None
        and (not component.processes or any(process.type == "web" for process in component.processes))
        and not any(link.callee in ("", component.id) for link in topology.users(component.host))
    )
