"""Outcomes of volumes."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit import degraded, lost
from camp2iac.topology.model import Service


def outcomes(layout: DockerLayout, service: Service) -> Iterator[LedgerEntry]:
    """The outcomes of the volumes of a service."""
    tier = layout.topology.tiers.get(service.tier)
    inside = [each for each in layout.workloads if each.service.id == service.id and not each.once]
    for statement in tier.volumes if tier is not None else ():
        if statement.subject.id != service.id:
            continue
        if inside:
            why = "The engine does not limit the size of a volume, and its type is that of the computer's disk."
            why = f"{why} {layout.moved(inside[0], statement.value)}".rstrip()
            yield degraded(
                statement, f"volume {statement.value.name}, without a size", why, "None needed to try the plan."
            )
        else:
            yield lost(statement, "Nothing of this service runs here.", "See the service.")
