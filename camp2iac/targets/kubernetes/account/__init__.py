"""Accounting: the outcome of each statement of the plan, derived from the layout. One file per subject."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import Ledger, LedgerEntry
from camp2iac.targets.containers.account import components, plan, services
from camp2iac.targets.kit import enter
from camp2iac.targets.kubernetes.account import exposures, networks, placement, volumes
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout


def account(layout: KubernetesLayout, ledger: Ledger) -> None:
    """Write the outcome of every statement that Kubernetes knows into the ledger. The others are lost."""
    enter(ledger, _outcomes(layout))


def _outcomes(layout: KubernetesLayout) -> Iterator[LedgerEntry]:
    for service in layout.topology.services.values():
        yield from services.outcomes(layout, service)
        yield from volumes.outcomes(layout, service)
    for component in layout.topology.components.values():
        yield from components.outcomes(layout, component)
        yield from volumes.served_outcomes(layout, component)
        yield from exposures.outcomes(layout, component)
    for tier in layout.topology.tiers.values():
        yield from placement.outcomes(layout, tier)
    yield from networks.outcomes(layout.topology)
    yield from plan.outcomes(layout.topology)
