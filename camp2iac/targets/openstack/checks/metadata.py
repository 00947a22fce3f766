"""Metadata of the operator's under a key that is ours."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.metadata import KEYS


def check(layout: OpenStackLayout, diagnostics: Diagnostics) -> None:
    """CAMP623."""
    environment = layout.environment
    for key in environment.get("metadata", default={}):
        if key in KEYS:
            diagnostics.add(
                Diagnostic(
                    "CAMP623",
                    f"{environment.shown} sets metadata that camp2iac writes itself: {key}",
                    environment.span("metadata", key),
                    label="there would be two values",
                    help=f"write another key, such as  my-{key}",
                )
            )
