"""Outcomes of the plan's networks."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.kit import degraded
from camp2iac.topology.model import Topology

WHY = "A cluster has one network for all pods, with addresses and name servers of its own."
HELP = "None needed: pods reach only what the plan connects them with."


def outcomes(topology: Topology) -> Iterator[LedgerEntry]:
    """The outcomes of networks."""
    for network in topology.networks.values():
        yield degraded(network.statement, "network policies", WHY, HELP)
