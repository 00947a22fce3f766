"""Outcomes of the plan's own declarations (parameters, secrets), and of runtimes that nothing runs on."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.containers.layout import names
from camp2iac.targets.kit import bare, kept
from camp2iac.topology.model import Topology


def outcomes(topology: Topology) -> Iterator[LedgerEntry]:
    """The outcomes of parameters, secrets, and runtimes without an artifact."""
    yield from bare.outcomes(topology)
    for parameter in topology.parameters.values():
        yield kept(parameter.statement, f"variable {names.variable(parameter.id)}")
    for secret in topology.secrets.values():
        asked = f"variable {names.variable(secret.id)}, sensitive"
        yield kept(secret.statement, asked if secret.length is None else "generated, in the state")
