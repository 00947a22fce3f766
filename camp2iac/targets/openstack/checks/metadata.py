"""Metadata in the environment file with a reserved key."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.metadata import KEYS


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP623."""
    environment = layout.environment
    for key in environment.get("metadata", default={}):
        if key in KEYS:
            yield Diagnostic(
                "CAMP623",
                f"{environment.shown} sets a reserved metadata key: {key}",
                environment.span("metadata", key),
                label="camp2iac sets this key",
                help=f"use another key, such as  my-{key}",
            )
