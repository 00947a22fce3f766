"""The proof needs everything that proofs/lab and proofs/roots need. It writes the page."""

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
    """Fail if something is missing. This proof never skips."""
    if why := missing():
        pytest.fail(f"machines cannot be booted: {why}")


@pytest.fixture(scope="session")
def record(applying: Terraform, cloud: Cloud, request: pytest.FixtureRequest) -> Iterator[Record]:
    """The results by example. They are printed at the end, and written if E2E_RECORD=1."""
    found = request.config.stash[_RECORD] = Record(applying.says, cloud.version())
    yield found
    if os.environ.get("E2E_RECORD", "0") == "1":
        found.write()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if found := config.stash.get(_RECORD, None):
        terminalreporter.write_line("\n" + found.table({}))
