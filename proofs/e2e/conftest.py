"""The whole way needs what applying needs, and what booting needs; what was seen is written down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from lab.cloud import Cloud
from lab.conftest import applying, cloud
from roots.conftest import missing
from support.terraform import Terraform

from e2e.record import Record

__all__ = ["applying", "cloud"]
_RECORD = pytest.StashKey[Record]()


@pytest.fixture(autouse=True, scope="session")
def bodies() -> None:
    """Asked for, it never skips: what is missing fails it."""
    if why := missing():
        pytest.fail(f"machines cannot be booted: {why}")


@pytest.fixture(scope="session")
def record(applying: Terraform, cloud: Cloud, request: pytest.FixtureRequest) -> Iterator[Record]:
    """What was seen, example by example; written where E2E_RECORD=1 says so, printed at the end in any case."""
    found = request.config.stash[_RECORD] = Record(applying.says, cloud.version())
    yield found
    if os.environ.get("E2E_RECORD", "0") == "1":
        found.write()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if found := config.stash.get(_RECORD, None):
        terminalreporter.write_line("\n" + found.table({}))
