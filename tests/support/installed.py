"""What others have installed beside camp2iac is none of the tests' business: a target of a third party, codes, formats.

A pytest plugin. Only what is there when the run begins is hidden: a test may install something of its own.
"""

from __future__ import annotations

import importlib.metadata
from typing import Any

_entry_points = importlib.metadata.entry_points


def _theirs() -> set[tuple[str, str, str]]:
    """Group, name and value of the entry points that are not camp2iac's own."""
    points = (point for found in importlib.metadata.distributions() for point in found.entry_points)
    found = {(point.group, point.name, point.value) for point in points if point.group.startswith("camp2iac.")}
    return {point for point in found if not point[2].startswith("camp2iac.")}


THEIRS = _theirs()


def entry_points(**wanted: Any) -> importlib.metadata.EntryPoints:
    """As in `importlib.metadata`, without what others have installed."""
    kept = (each for each in _entry_points(**wanted) if (each.group, each.name, each.value) not in THEIRS)
    return importlib.metadata.EntryPoints(kept)


if THEIRS:
    importlib.metadata.entry_points = entry_points
