"""Boot components that call each other: in a circle, on one instance, and through a load balancer of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roots.fleet import Fleet

PLAN = Path(__file__).parent / "plans" / "calls"


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """All instances, ready: no circle of calls waits for itself."""
    made = Fleet(PLAN, tmp_path_factory.mktemp("calls") / "fleet", environment="balancer: haproxy\n")
    made.start()
    yield made
    made.close()


def test_a_circle(fleet: Fleet) -> None:
    """The shop calls the stock, which calls the shop and the audit beside it."""
    assert fleet.curl("http://{shop}:8080/") == f"shop audit at {fleet.address('back')}:8080"


def test_several_instances(fleet: Fleet) -> None:
    """Calls to a tier of two reach both, through the load balancer that the plan does not have."""
    assert set(fleet.curl("http://{shop}:8080/prices").split()) == {"prices-1", "prices-2"}
    fleet.vm("stop", "--now", "prices-1")
    fleet.curl("http://{shop}:8080/prices", seconds=60)
    assert set(fleet.curl("http://{shop}:8080/prices").split()) == {"prices-2"}


def test_no_process_waits_in_a_circle(fleet: Fleet) -> None:
    """The shop waits for the prices only. The stock waits for the audit only."""
    waits = "grep -h wait-for /etc/systemd/system/calls-{}.service"
    assert fleet.sh("shop", waits.format("shop")).count("wait-for") == 1
    assert fleet.sh("back", waits.format("stock")).split()[1:] == ["127.0.0.1", "8090", "600"]
