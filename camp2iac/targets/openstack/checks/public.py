"""Applications without a decision about who can reach them."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology.model import Topology

STAGE = Stage.USE
_WRITE = "- requirement_type: org.camp2iac:Expose\n  public: true"


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP410: they are public. CAMP409: they cannot be reached from outside."""
    topology = layout.topology
    for id_ in sorted(layout.implied):
        component = topology.components[id_]
        yield Diagnostic(
            "CAMP410",
            f"{component.name} is public, because the plan does not say who can reach it",
            component.span,
            label="public by default",
            help=f"add to its requirements (write false to close it):\n{_WRITE}",
        )
    public = any(endpoint.public for found in layout.endpoints.values() for endpoint in found)
    opened = any(tier.ports or (tier.floating and tier.floating.value) for tier in topology.tiers.values())
    if topology.components and not public and not opened:
        first = min(topology.components.values(), key=lambda component: component.id)
        yield Diagnostic(
            "CAMP409",
            f"{topology.title} cannot be reached from outside: the plan has no public component",
            first.span,
            label="not public",
            help=_help(topology),
        )


def _help(topology: Topology) -> str:
    """What makes it public. A web server in front of the component has an artifact with the endpoint, or none."""
    front = next((one for _, one in sorted(topology.services.items()) if "members" in one.attributes), None)
    if front is None or front.components:
        return f"add to the requirements of the component for users:\n{_WRITE}"
    return (
        f"if users come through {front.name}, add an artifact that runs on it, such as a folder with a robots.txt, "
        f"with the requirement\n{_WRITE}"
    )
