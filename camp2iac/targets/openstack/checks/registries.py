"""Registries in the environment file that no image of the plan comes from."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets import registries
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP230."""
    return registries.unused(layout.environment, layout.topology.components.values())
