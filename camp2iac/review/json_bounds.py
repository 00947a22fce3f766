"""Refuse JSON that needs too much memory, before it is parsed: a value needs up to 30 times the memory of its text."""

from __future__ import annotations

from collections.abc import Iterable

MOST_BYTES = 64 << 20  # of a document
MOST_CONTAINERS = 1_000_000  # objects and lists
MOST_VALUES = 3_000_000  # and members of them
DEEPEST = 200  # objects and lists in each other


class TooManyValuesError(Exception):
    """A document has too many values. The message says how many are allowed."""


def check(data: bytes | bytearray) -> None:
    """Raise TooManyValuesError if a document can have too many values.

    Brackets and commas in strings count too: the estimate must be faster than a parser, and can only be too high.
    """
    if data.count(b"{") + data.count(b"[") > MOST_CONTAINERS:
        raise TooManyValuesError(f"it has more than {MOST_CONTAINERS:,} objects and lists")
    if data.count(b",") > MOST_VALUES:
        raise TooManyValuesError(f"it has more than {MOST_VALUES:,} values")


def is_deep(value: object) -> bool:
    """Whether more than ``DEEPEST`` objects and lists of a document are in each other."""
    level = [value]
    for _ in range(DEEPEST):
        level = [below for each in level for below in _below(each) if isinstance(below, (dict, list))]
        if not level:
            return False
    return True


def _below(value: object) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
