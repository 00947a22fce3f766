"""What happened to each statement of a source: for a terminal, and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from camp2iac.diagnostics.excerpt import harmless
from camp2iac.importers.statements import Fate, ImportedStatement, ImportLedger
from camp2iac.review.formats.cells import pad, wide

_WIDEST = 50  # the largest width of the column of paths
_REST = "everything else"
_FATE = max(len(fate.value) for fate in Fate)


def pretty(ledger: ImportLedger) -> str:
    """The statements of each file, with their lines, and the totals."""
    return table(ledger.statements(), ledger.counts())


def table(statements: Sequence[ImportedStatement], totals: Mapping[Fate, int]) -> str:
    """Statements of one or several files, and the totals."""
    lines: list[str] = []
    for file in dict.fromkeys(each.span.file for each in statements):
        rows = [each for each in statements if each.span.file == file]
        lines += [harmless(file), *_rows(rows), ""]
    return "\n".join([*lines, summary(totals)]) + "\n"


def summary(totals: Mapping[Fate, int]) -> str:
    """How many statements are kept, changed and left out."""
    return "statements: " + ", ".join(f"{totals[fate]:,} {fate.value}" for fate in Fate)


def _rows(rows: Sequence[ImportedStatement]) -> Iterator[str]:
    numbers = max(len(str(each.span.line)) for each in rows)
    paths = min(max(wide(harmless(each.path or _REST)) for each in rows), _WIDEST)
    for each in rows:
        to, where = harmless(each.to or each.why), harmless(each.path or _REST)
        head = f"  {each.span.line:>{numbers}}  {each.fate.value:<{_FATE}}  {pad(where, paths)}  {to}"
        yield head.rstrip()
        indent = " " * (numbers + _FATE + 6)
        if each.to and each.why:
            yield f"{indent}why: {harmless(each.why)}"
        if each.remedy:
            yield f"{indent}instead: {harmless(each.remedy)}"


def items(ledger: ImportLedger) -> list[dict[str, object]]:
    """The statements for JSON."""
    return listed(ledger.statements())


def listed(statements: Sequence[ImportedStatement]) -> list[dict[str, object]]:
    """Statements for JSON."""
    return [
        {
            "file": each.span.file,
            "line": each.span.line,
            "column": each.span.column,
            "path": each.path,
            "outcome": each.fate.value,
            "values": each.leaves,
            "to": each.to or None,
            "reason": each.why or None,
            "remedy": each.remedy or None,
        }
        for each in statements
    ]


def counts(ledger: ImportLedger) -> dict[str, int]:
    """The totals for JSON."""
    return {fate.value: number for fate, number in ledger.counts().items()}
