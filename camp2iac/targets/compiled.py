"""Parameters that only the compiler uses. No platform has a variable for them."""

from __future__ import annotations

from camp2iac.targets.base import Ledger
from camp2iac.topology.model import Topology


def account(topology: Topology, ledger: Ledger) -> None:
    """Record that the output contains their values."""
    for parameter in topology.compiled.values():
        ledger.keep(parameter.statement, "its value, in the output")
