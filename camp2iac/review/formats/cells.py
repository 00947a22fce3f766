"""Cells of tables on a terminal."""

from __future__ import annotations

import textwrap

from camp2iac.diagnostics.excerpt import columns, harmless

NARROW = 16  # the smallest width of a column


def narrowed(widths: list[int], total: int) -> list[int]:
    """The widths of columns, the widest ones narrowed until all fit, but never below ``NARROW``."""
    while sum(widths) > total and max(widths) > NARROW:
        widest = widths.index(max(widths))
        widths = [*widths[:widest], widths[widest] - 1, *widths[widest + 1 :]]
    return widths


def folded(text: str, size: int) -> list[str]:
    """The text in lines of that width."""
    shown = harmless(text)
    if wide(text) <= size:
        return [shown]
    lines = textwrap.wrap(shown, max(size, 1), break_on_hyphens=False) or [""]
    return [part for line in lines for part in _parts(line, max(size, 2))]


def _parts(line: str, size: int) -> list[str]:
    """A line with wide characters in parts of that width."""
    parts, used = [""], 0
    for character in line if wide(line) > size else ():
        used += columns(character)
        if used > size:
            parts.append("")
            used = columns(character)
        parts[-1] += character
    return parts if parts != [""] else [line]


def wide(text: str) -> int:
    """The columns of a string on a terminal."""
    return sum(map(columns, harmless(text)))


def pad(text: str, size: int) -> str:
    """The text, filled with spaces."""
    shown = harmless(text)
    return shown + " " * (size - wide(shown))
