"""Where the parser stopped in broken YAML, and helpers to describe the lines around it."""

from __future__ import annotations

import re

from camp2iac.diagnostics import Fix, Span
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record

LEAD = re.compile(r"[ \t]*(?:-[ \t]+)*")
KEY = re.compile(r"""(?P<key>[^\s"'#{\[&*!|>%@`-][^:#]*?|-[^\s:][^:]*?)\s*:(?:\s+(?P<rest>.*)|$)""")


class Stop(Record, frozen=True):
    """Where the parser stopped (``line``, ``column``, from 0), and where the part that it was reading begins."""

    file: str
    lines: list[str]
    problem: str
    doing: str
    line: int
    column: int
    from_line: int
    from_column: int

    def span(self, line: int, column: int, length: int = 1) -> Span:
        """A span inside the text: the parser can stop after the end of the last line."""
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        column = min(column, len(self.lines[line]))
        end = min(column + max(length, 0), len(self.lines[line]))
        return Span(self.file, line + 1, column + 1, line + 1, end + 1)

    def text(self, line: int) -> str:
        """A line, counted from 0; empty if it does not exist."""
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    def before(self, line: int) -> int | None:
        """The nearest line above that is neither empty nor a comment."""
        for above in range(line - 1, -1, -1):
            stripped = self.lines[above].strip()
            if stripped and not stripped.startswith("#"):
                return above
        return None


def name_of(line: str) -> str:
    """The name of a line in messages: its key, or its first word."""
    rest = line[lead_of(line) :]
    key = KEY.match(rest)
    return short(key["key"] if key else (rest.split() or ["it"])[0], 40)


def lead_of(line: str) -> int:
    """The indentation of a line, with its dashes."""
    match = LEAD.match(line)
    return match.end() if match else 0


def quoted(line: str, column: int, word: str) -> str:
    """What to write, with the key: ``key: "text"``."""
    key = KEY.match(line[lead_of(line) :])
    prefix = (
        f"{short(key['key'])}: " if key and column > lead_of(line) else "- " if line.lstrip().startswith("- ") else ""
    )
    escaped = short(word, 100).replace("\\", "\\\\").replace('"', '\\"')
    return f'{prefix}"{escaped}"'


def in_quotes(stop: Stop, line: int, column: int, word: str, *, sure: bool = True) -> tuple[Fix, ...]:
    """The fix that puts a string in quotes."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    write = quoted(stop.text(line), column, word)
    return (Fix(write, stop.span(line, column, len(word)), f'"{escaped}"', sure=sure),)
