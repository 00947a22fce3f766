"""Labels of artifacts and services, which the output's README shows on all platforms.

A target whose platform has tags or descriptions can record its own outcome later, which counts.
"""

from __future__ import annotations

from typing import Any

from camp2iac.targets.base import Ledger
from camp2iac.topology.model import Statement, Topology
from camp2iac.topology.statement_kinds import ALL

LABELS = tuple(kind for kind in ALL if kind.taken_by == "readme")


def labels(topology: Topology) -> tuple[Statement[Any], ...]:
    """The statements that are labels, in the order of the plan."""
    return tuple(statement for statement in topology.statements if statement.kind in LABELS)


def account(topology: Topology, ledger: Ledger) -> None:
    """Record that the README keeps each label."""
    for statement in labels(topology):
        ledger.keep(statement, "in the README")
