"""What the readers of declarations share."""

from __future__ import annotations

from camp2iac.camp import placed
from camp2iac.camp.nodes import Mapping, Scalar


def text(value: Mapping, key: str) -> str | None:
    """A string, if the declaration has it."""
    found = value.get(key)
    return placed.text(found) if isinstance(found, Scalar) else None
