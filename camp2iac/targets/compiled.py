"""Parameters that only the compiler uses, or that the environment overrides. No platform has a variable for them."""

from __future__ import annotations

from camp2iac.targets.base import Ledger
from camp2iac.topology.model import Topology


def account(topology: Topology, ledger: Ledger) -> None:
    """Record that the output contains the values that are used."""
    for parameter in topology.compiled.values():
        ledger.keep(parameter.statement, "compiled in, without a variable")
