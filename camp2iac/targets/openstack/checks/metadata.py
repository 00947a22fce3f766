"""Metadata of the operator's under a key that is ours."""

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
                f"{environment.shown} sets metadata that camp2iac writes itself: {key}",
                environment.span("metadata", key),
                label="there would be two values",
                help=f"write another key, such as  my-{key}",
            )
