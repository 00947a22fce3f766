"""Outcomes of the plan's own declarations: networks, parameters, secrets."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.docker.layout import names
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit import degraded, kept


def outcomes(layout: DockerLayout) -> Iterator[LedgerEntry]:
    """The outcomes of networks, then of parameters and secrets."""
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
    for parameter in layout.topology.parameters.values():
        yield kept(parameter.statement, f"variable {names.variable(parameter.id)}")
    for secret in layout.topology.secrets.values():
        asked = f"variable {names.variable(secret.id)}, sensitive"
        yield kept(secret.statement, asked if secret.length is None else "generated, in the state")
