"""Releases without an object store."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP628."""
    for id_, group in layout.groups.items():
        if group.settings.change == "rerun" and not (group.settings.object_store or group.settings.releases):
            own, where = ("tiers", id_, "on_change"), layout.environment
            yield Diagnostic(
                "CAMP628",
                f"instances of {id_} download releases, but the environment file does not say from where",
                where.span(*own) or where.span("on_change"),
                label="needs an object store or releases",
                help="write  object_store: true  if the cloud has Swift,\n"
                "or  releases: { from: git, repository: https://... }\nor  on_change: replace",
            )
