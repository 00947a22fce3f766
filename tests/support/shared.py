"""What all tests share, those of `tests/` and of `proofs/`: expected files and how to renew them. A pytest plugin."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes depends on what else the machine does: no test fails for that.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# A hook, or `git rebase --exec`, says by variables which repository is meant: no test means that one.
for name in [name for name in os.environ if name.startswith("GIT_")]:
    del os.environ[name]

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regen", action="store_true", help="write what is expected anew (in CI: fail where it changes)")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with an expected file; with ``--regen`` writes the file."""

    def check(path: Path, text: str) -> None:
        old = path.read_text(encoding="utf-8") if path.exists() else None
        if request.config.getoption("--regen") and text != old:
            from support.skips import in_ci

            path.write_text(text, encoding="utf-8")
            if in_ci():
                pytest.fail(f"{path} is stale: run pytest --regen and commit what changes")
            return
        assert old is not None, f"there is no {path}: pytest --regen makes it"
        assert text == old, f"{path} expects otherwise; if this is right, pytest --regen"

    return check
