"""Repeated name servers in the environment file."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP335, for the environment file."""
    environment = layout.environment
    regions = environment.get("regions", default={})
    for path in [("dns_servers",), *(("regions", name, "dns_servers") for name in regions)]:
        given = environment.get(*path, default=())
        for server in sorted({each for each in given if list(given).count(each) > 1}):
            yield Diagnostic(
                "CAMP335",
                f"{environment.shown} repeats a name server: {server}",
                environment.span(*path),
                label="counts once",
                help=f"write  dns_servers: [{', '.join(dict.fromkeys(given))}]",
            )
