"""A line of a user's file as a terminal shows it: columns, tabs, wide characters, cuts, hidden secrets."""

from __future__ import annotations

import re
import unicodedata

from camp2iac.diagnostics.secrets import HIDDEN, Ranges
from camp2iac.record import Record

WIDTH = 120
LONGEST = 10_000  # characters of a line that are looked at; a hostile line can have millions
_ASCII = re.compile(r"[\x20-\x7e]*")
_BIDI = r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # would show the text in another order


def shown(character: str) -> str:
    """A character without effect on a terminal: controls as symbols, bidirectional controls as ``�``."""
    if character == "\t":
        return "→"
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if 0x80 <= code < 0xA0 or 0xD800 <= code < 0xE000 or code in (0x2028, 0x2029) or re.match(_BIDI, character):
        return "�"
    return character


def harmless(text: str) -> str:
    """One line of text with visible control characters."""
    return text if _ASCII.fullmatch(text) else "".join(map(shown, text))


def columns(character: str) -> int:
    """Its width on a terminal: 0 (combining), 1 or 2 (East Asian wide)."""
    if " " <= character <= "~":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


class ExcerptLine(Record, frozen=True):
    """A line as cells, one per character: what is shown, and the column (from 0) where it begins.

    ``starts`` has one more element: the column after the last cell. ``hidden``: in the part that begins after
    ``skipped`` characters.
    """

    cells: tuple[str, ...]
    starts: tuple[int, ...]
    hidden: Ranges
    skipped: int = 0

    @classmethod
    def of(cls, text: str, hidden: Ranges = (), around: int = 0) -> ExcerptLine:
        """The line, with the ranges ``hidden`` shown as ``•••``. Of a very long line, the part ``around`` a place."""
        skipped = max(0, min(around - LONGEST // 2, len(text) - LONGEST))
        text = text[skipped : skipped + LONGEST]
        moved = ((max(start - skipped, 0), min(end - skipped, len(text))) for start, end in hidden)
        hidden = tuple((start, end) for start, end in moved if start < end)
        cells = [shown(character) for character in text]
        for start, end in hidden:
            cells[start:end] = [HIDDEN] + [""] * (end - start - 1)
        starts = [0]
        for cell in cells:
            starts.append(starts[-1] + (sum(map(columns, cell)) if cell else 0))
        return cls(tuple(cells), tuple(starts), hidden, skipped)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """The columns of the characters ``first..last`` (from 0, half-open); at least one, even after the end."""
        first, last = max(first - self.skipped, 0), max(last - self.skipped, 0)
        for start, end in self.hidden:
            if start < first < end:
                first = start
        at = self.starts[min(first, len(self.cells))]
        to = self.starts[min(last, len(self.cells))]
        return at, max(to, at + 1)

    def cut(self, first: int, last: int) -> tuple[str, int, int]:
        """At most 120 columns around ``first..last``: the text, and the columns where it begins and ends."""
        width = self.starts[-1]
        if width <= WIDTH:
            return "".join(self.cells), 0, max(width, WIDTH)
        middle = first + min(last - first, WIDTH // 2) // 2
        begin = 0 if last < WIDTH else max(0, min(middle - WIDTH // 2, width - WIDTH))
        end = begin + WIDTH
        low, high = begin + (begin > 0), end - (end < width)
        cells = [
            cell
            for cell, at, to in zip(self.cells, self.starts, self.starts[1:], strict=False)
            if low <= at and to <= high
        ]
        missing = next((at for at in self.starts if at >= low), low) - low  # half of a wide character
        return (
            ("…" if begin or self.skipped else "") + " " * missing + "".join(cells) + ("…" if end < width else ""),
            begin,
            end,
        )
