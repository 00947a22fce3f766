"""Companions for data: servers whose data they cannot have, and plans without data."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue.companion import AskedCompanion
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.machine import kept_data

STAGE = Stage.USE


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP477, CAMP478."""
    tiers = [group.tier for group in layout.groups.values()]
    for asked in layout.environment.companions:
        companion = asked.companion
        for tier in tiers:
            for service in kept_data.left_out(companion, layout.topology, tier):
                yield Diagnostic(
                    "CAMP477",
                    f"{companion.name} does not include the data of {service.name}",
                    service.span,
                    label=f"the catalogue cannot dump and restore {service.product.title}",
                    related=_asked(layout, asked),
                    help=f"back up {service.name} in another way",
                )
        if not any(kept_data.concerns(companion, layout.topology, tier) for tier in tiers):
            yield Diagnostic(
                "CAMP478",
                f"{companion.name} has no effect: the plan has no database that it can read, and no volume with files",
                layout.environment.key_span(companion.name),
                label="no instance gets it",
                help=(
                    f"remove {companion.name}, or give the service that keeps files a volume in the plan:\n"
                    "- characteristic_type: org.camp2iac:Volume\n  size: 10 GiB"
                ),
            )


def _asked(layout: OpenStackLayout, asked: AskedCompanion) -> tuple[Label, ...]:
    span = layout.environment.key_span(asked.companion.name)
    return (Label(span, "the environment asks for it"),) if span else ()
