"""Lists of names in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.diagnostics.suggest import listed

MOST_NAMES = 4


def several(names: Sequence[str], most: int = MOST_NAMES) -> str:
    """``a, b and c``; ``a, b, c and 7 more`` if there are more than ``most``."""
    if len(names) <= most:
        return listed(names)
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1:,} more"
