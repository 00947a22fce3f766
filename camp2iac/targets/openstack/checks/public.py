"""Who reaches the application, where the plan does not say."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout

STAGE = Stage.USE
_WRITE = "- requirement_type: org.camp2iac:Expose\n  public: true"


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP410: the public does. CAMP409: nobody outside does."""
    topology = layout.topology
    for id_ in sorted(layout.implied):
        component = topology.components[id_]
        yield Diagnostic(
            "CAMP410",
            f"{component.name} is open to the public: the plan does not say who may reach it",
            component.span,
            label="users come to this",
            help=f"say so in its requirements (false: nobody outside reaches it):\n{_WRITE}",
        )
    public = any(endpoint.public for found in layout.endpoints.values() for endpoint in found)
    opened = any(tier.ports or (tier.floating and tier.floating.value) for tier in topology.tiers.values())
    if topology.components and not public and not opened:
        first = min(topology.components.values(), key=lambda component: component.id)
        yield Diagnostic(
            "CAMP409",
            f"nobody outside reaches {topology.title}: the plan exposes nothing to the public",
            first.span,
            label="users come to this, or to another",
            help=f"add to the requirements of what they come to:\n{_WRITE}",
        )
