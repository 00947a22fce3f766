"""Earlier names: the compiler keeps what exists, on every platform."""

from __future__ import annotations

from camp2iac.targets.base import Ledger
from camp2iac.topology.model import Topology
from camp2iac.topology.statement_kinds import PREVIOUSLY


def account(topology: Topology, ledger: Ledger) -> None:
    """Record that what has another name now is kept."""
    for statement in topology.statements:
        if statement.kind == PREVIOUSLY:
            ledger.keep(statement, "kept, with its earlier name where a new one would replace it")
