"""Companions on the instances of a whole application."""

from __future__ import annotations

from pathlib import Path

import pytest

from roots.entries import metrics
from roots.fleet import Fleet

pytestmark = pytest.mark.roots
EXAMPLES = Path(__file__).parents[2] / "examples"


def test_prometheus_watches_the_three_tier_example(tmp_path: Path) -> None:
    """Also HAProxy in front of a tier. Prometheus is on one of the instances."""
    fleet = Fleet(EXAMPLES / "threetier", tmp_path, environment="metrics: 10.0.0.0/8\nbalancer: haproxy\n")
    try:
        fleet.start()
        metrics.install(fleet, "orders")
        found = metrics.watched(fleet, "orders")
        assert {each.partition(" ")[0] for each in found} == {"node", "postgres", "haproxy"}
        assert len([each for each in found if each.startswith("node ")]) == len(fleet.machines)
    finally:
        fleet.close()
