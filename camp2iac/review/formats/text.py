"""The port report for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from camp2iac.diagnostics import Fix
from camp2iac.diagnostics.excerpt import harmless
from camp2iac.record import Record
from camp2iac.review.formats.cells import folded, narrowed, pad, wide
from camp2iac.review.port import Column, Group, PortReport, Row, groups
from camp2iac.targets.base import LedgerEntry, Outcome

WIDTH = 92  # of sentences
WIDEST = 160  # the largest width of a column
_VERBS = {Outcome.DEGRADED: "degrades", Outcome.LOST: "loses"}
_COLOURS = {Outcome.KEPT: "32", Outcome.DEGRADED: "33", Outcome.LOST: "31"}


class Signs(Record, frozen=True):
    """The signs for outcomes, and the arrow before what to do. All except the arrow are one column wide."""

    kept: str = "✓"
    degraded: str = "~"
    lost: str = "✗"
    arrow: str = "→"
    colour: bool = False

    def of(self, outcome: Outcome) -> str:
        """The sign of an outcome."""
        sign = {Outcome.KEPT: self.kept, Outcome.DEGRADED: self.degraded, Outcome.LOST: self.lost}[outcome]
        return f"\x1b[{_COLOURS[outcome]}m{sign}\x1b[0m" if self.colour else sign


UNICODE = Signs()
ASCII = Signs("+", "~", "x", "->")


def render(report: PortReport, signs: Signs = UNICODE, width: int | None = None) -> str:
    """Render the table, then what is degraded and lost with reason and help, then the counts.

    ``width``: the terminal's columns, into which the table is wrapped. None: the table is as wide as necessary.
    """
    paragraphs = [*_table(report, signs, width), _legend(report, signs)]
    for column in report.columns:
        for outcome in (Outcome.DEGRADED, Outcome.LOST):
            paragraphs += _losses(report, column, outcome, signs, min(WIDTH, width or WIDTH))
    paragraphs.append(_counts(report.columns))
    return "\n\n".join("\n".join(line.rstrip() for line in lines) for lines in paragraphs) + "\n"


def _table(report: PortReport, signs: Signs, width: int | None) -> Iterator[list[str]]:
    number = max([4, *(len(str(row.span.line)) + 1 for row in report.rows)])
    says = number + 2 + min(WIDEST, max([len(report.title), *(wide(row.words) for row in report.rows)])) + 1
    cells = {column.target: [wide(entry.how) + 2 for entry in column.entries] for column in report.columns}
    widths = {target: min(WIDEST, max([wide(target), *sizes])) + 3 for target, sizes in cells.items()}
    if width is not None:
        says, *others = narrowed([says, *widths.values()], width + 1)  # the last column needs no gap
        widths = dict(zip(widths, others, strict=True))
    yield [pad(report.title, says) + "".join(pad(target, size) for target, size in widths.items())]
    for node, rows in report.by_heading().items():
        yield [harmless(node), *(line for row in rows for line in _row(row, number, says, widths, signs))]


def _row(row: Row, number: int, says: int, widths: dict[str, int], signs: Signs) -> Iterator[str]:
    """The lines of a row: one, unless a cell is wider than its column."""
    own = folded(row.words, says - number - 3)
    cells = {target: row.entries.get(target) for target in widths}
    words = {target: folded(entry.how, widths[target] - 3) if entry else [] for target, entry in cells.items()}
    for index in range(max([len(own), *map(len, words.values())])):
        lead = f"{row.span.line:>{number}}" if index == 0 else " " * number
        line = pad(f"{lead}  {own[index] if index < len(own) else ''}", says)
        for target, size in widths.items():
            entry, text = cells[target], words[target][index] if index < len(words[target]) else ""
            sign = signs.of(entry.outcome) if entry and index == 0 else " "
            line += f"{sign} {pad(text, size - 2)}"
        yield line


def _legend(report: PortReport, signs: Signs) -> list[str]:
    words = "   ".join(f"{signs.of(outcome)} {outcome.value}" for outcome in Outcome)
    return [f"{words}        numbers are lines of {harmless(report.file)}"]


def _losses(report: PortReport, column: Column, outcome: Outcome, signs: Signs, width: int) -> list[list[str]]:
    found = groups(report.rows, column.target, outcome)
    if not found:
        return []
    heading = [f"{column.target} {_VERBS[outcome]} {column.counts()[outcome]}"]
    return [heading, *(_group(group, outcome, signs, width) for group in found)]


def _group(group: Group, outcome: Outcome, signs: Signs, width: int) -> list[str]:
    lines = [f"  {signs.of(outcome)} {place(entry)}  {harmless(statement(entry))}" for entry in group.entries]
    lines += _wrapped(group.first.why, "", "", width)
    for sentence in group.first.help:
        lines += _wrapped(sentence, f"{signs.arrow} ", " " * (len(signs.arrow) + 1), width)
    for fix in group.first.fixes:
        lines += _fix(fix, signs.arrow)
    return lines


def place(entry: LedgerEntry) -> str:
    """The place of a statement: ``camp.yaml:17``."""
    return f"{harmless(entry.statement.span.file)}:{entry.statement.span.line}"


def statement(entry: LedgerEntry) -> str:
    """The subject and words of a statement: ``web, Compute: 1 core``."""
    return f"{entry.statement.subject.heading}, {entry.statement.words}"


def _fix(fix: Fix, arrow: str) -> list[str]:
    where = harmless(fix.place) or "write"
    head = f"      {arrow} {where}  "
    first, *rest = fix.write.split("\n")
    lines = [head + harmless(first), *(" " * wide(head) + harmless(line) for line in rest)]
    return [*lines, " " * wide(head) + f"({harmless(fix.note)})"] if fix.note else lines


def _wrapped(text: str, first: str, others: str, width: int) -> list[str]:
    lead = " " * 6
    return textwrap.wrap(
        harmless(text),
        width,
        initial_indent=lead + first,
        subsequent_indent=lead + others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _counts(shown: Sequence[Column]) -> list[str]:
    names = max((len(column.target) for column in shown), default=0)
    lines = []
    for column in shown:
        words = [f"{count} {outcome.value}" for outcome, count in column.counts().items() if count]
        lines.append(f"{column.target:<{names}}   {'   '.join(words) or 'no statements'}")
    return lines
