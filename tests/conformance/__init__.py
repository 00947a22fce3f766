"""CAMP's demands on plans, packages and programs, each proven by a test that names it.

``python -m tests.conformance`` writes docs/conformance.md from the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

Test = TypeVar("Test", bound=Callable[..., Any])

# The page explains the levels.
LEVELS = ("must", "should", "may", "ours")
IDS = (
    *(f"CT-PDP-{n:02}" for n in range(1, 20)),
    *(f"CT-PLAN-{n:02}" for n in range(1, 9)),
    *(f"CT-ART-{n:02}" for n in range(1, 8)),
    *(f"CT-REQ-{n:02}" for n in range(1, 7)),
    *(f"CT-SVC-{n:02}" for n in range(1, 5)),
    "CT-EXT-01",
    "CT-EXT-02",
    "CT-DIA-01",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A demand and the test that proves it."""

    id: str
    demand: str
    level: str
    test: str


ROWS: dict[str, Row] = {}


def row(name: str, demand: str, level: str = "must") -> Callable[[Test], Test]:
    """Mark a test as the proof of one row of the table."""

    def mark(test: Test) -> Test:
        marked = Row(name, demand, level, f"{test.__module__.rpartition('.')[2]}.py::{test.__name__}")
        if name not in IDS or level not in LEVELS or ROWS.get(name, marked) != marked:
            raise ValueError(f"{name}: the id is unknown or used already, or the level is unknown")
        ROWS[name] = marked
        return test

    return mark
