"""Outcomes of the plan's networks."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.containers.layout import names
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit import degraded, kept


def outcomes(layout: DockerLayout) -> Iterator[LedgerEntry]:
    """The outcomes of networks."""
    app = names.application(layout.topology)
    for network in layout.topology.networks.values():
        name = network.existing or f"{app}-{network.id}"
        if network.dns:
            why = "Containers use the engine's name server, which asks those of the computer."
            yield degraded(
                network.statement, f"network {name}, without dns", why, "Set the name servers of the engine."
            )
        else:
            yield kept(network.statement, f"network {name}")
