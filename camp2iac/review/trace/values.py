"""Read JSON of others: each value is what it claims to be, or is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def mapping(value: object, *keys: str) -> Mapping[str, object]:
    """The object at a path of keys; empty if there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def sequence(value: object, *keys: str) -> Sequence[object]:
    """The list at a path of keys; empty if there is none."""
    *path, last = keys
    found = mapping(value, *path).get(last)
    return found if isinstance(found, list) else ()


def string(value: object, *keys: str) -> str:
    """The string at a path of keys; empty if there is none."""
    *path, last = keys
    found = mapping(value, *path).get(last)
    return found if isinstance(found, str) else ""


def number(value: object, *keys: str) -> int:
    """The positive whole number at a path of keys; 0 if there is none."""
    *path, last = keys
    found = mapping(value, *path).get(last)
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 < found < 2**31 else 0
