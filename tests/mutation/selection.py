"""Runs the tests that the lines of the file ``CHOSEN`` name, in this order: a pytest plugin."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mutation import CHOSEN


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    names = Path(os.environ[CHOSEN]).read_text(encoding="utf-8").splitlines()
    ranks = {name: rank for rank, name in enumerate(names)}
    left_out = [item for item in items if item.nodeid not in ranks]
    items[:] = sorted((item for item in items if item.nodeid in ranks), key=lambda item: ranks[item.nodeid])
    config.hook.pytest_deselected(items=left_out)
