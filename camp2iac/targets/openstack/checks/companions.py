"""Companions on operating systems that do not have their packages."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import systems
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.machine import kept_data


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP473."""
    for asked in layout.environment.companions:
        companion = asked.companion
        lacking = {
            id_: layout.images[id_].system
            for id_, group in layout.groups.items()
            if systems.like(layout.images[id_].system) not in companion.systems
            and kept_data.concerns(companion, layout.topology, group.tier)
        }
        for os in sorted(set(lacking.values())):
            tiers = [id_ for id_, system in lacking.items() if system == os]
            what = "the tier" if len(tiers) == 1 else "the tiers"
            yield Diagnostic(
                "CAMP473",
                f"{companion.name} is not available for {os}, which {what} {', '.join(tiers)} "
                f"{'has' if len(tiers) == 1 else 'have'}",
                layout.environment.key_span(companion.name),
                label="every instance would have it",
                help=f"remove {companion.name}, or use an image with {listed(companion.systems, 'or')}",
            )
