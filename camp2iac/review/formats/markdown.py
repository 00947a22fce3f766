"""The port report for a pull request."""

from __future__ import annotations

import re
from collections.abc import Sequence

from camp2iac.diagnostics import Fix
from camp2iac.diagnostics.excerpt import harmless
from camp2iac.diagnostics.suggest import listed
from camp2iac.review.formats.text import statement
from camp2iac.review.port import Column, Group, PortReport, Row, groups
from camp2iac.targets.base import Outcome


def render(report: PortReport) -> str:
    """Render the counts, the table, and what each platform degrades and loses."""
    paragraphs = [f"# Porting {words(report.title)}", _intro(report), _counts(report.columns), *_table(report)]
    quiet = []
    for column in report.columns:
        sections = [_losses(report, column, outcome) for outcome in (Outcome.DEGRADED, Outcome.LOST)]
        if not any(sections):
            quiet.append(column)
        for section in sections:
            paragraphs += section
    for column in quiet:
        paragraphs += [f"## Degraded or lost on {column.target}", "Nothing."]
    return "\n\n".join(paragraphs) + "\n"


def _intro(report: PortReport) -> str:
    places = [
        f"on {_code(column.target)}" + (f" ({_code(column.environment)})" if column.environment else "")
        for column in report.columns
    ]
    return f"The outcome of each statement of {_code(report.file)} {listed(places)}."


def _counts(columns: Sequence[Column]) -> str:
    numbers = {column.target: map(str, column.counts().values()) for column in columns}
    lines = [f"| **{target}** | {' | '.join(counts)} |" for target, counts in numbers.items()]
    return "\n".join(["| | kept | degraded | lost |", "|---|--:|--:|--:|", *lines])


def _table(report: PortReport) -> list[str]:
    targets = [column.target for column in report.columns]
    lines = [f"| line | node | the plan says | {' | '.join(targets)} |", "|--:|---|---|" + "---|" * len(targets)]
    for row in report.rows:
        cells = " | ".join(_cell(row, target) for target in targets)
        lines.append(f"| {row.span.line} | {words(row.subject.heading)} | {words(row.words)} | {cells} |")
    return ["## Side by side", "\n".join(lines)]


def _cell(row: Row, target: str) -> str:
    entry = row.entries.get(target)
    if entry is None:
        return ""
    word = entry.outcome.value if entry.outcome is Outcome.KEPT else f"**{entry.outcome.value}**"
    return word if entry.how in ("", entry.outcome.value) else f"{word}: {words(entry.how)}"


def _losses(report: PortReport, column: Column, outcome: Outcome) -> list[str]:
    found = groups(report.rows, column.target, outcome)
    if not found:
        return []
    lines = ["| lines | what | reason | help |", "|--:|---|---|---|", *map(_group, found)]
    return [f"## {outcome.value.capitalize()} on {column.target}", "\n".join(lines)]


def _group(group: Group) -> str:
    numbers = ", ".join(str(entry.statement.span.line) for entry in group.entries)
    what = "; ".join(words(statement(entry)) for entry in group.entries)
    help_ = "<br>".join((*map(prose, group.first.help), *map(_fix, group.first.fixes)))
    return f"| {numbers} | {what} | {prose(group.first.why)} | {help_} |"


def _fix(fix: Fix) -> str:
    where = f" ({words(fix.place)})" if fix.place else ""
    note = f": {prose(fix.note)}" if fix.note else ""
    return _code(" ".join(fix.write.split())) + where + note


def _code(text: str) -> str:
    """Code in a table cell. It can contain backticks."""
    fence = "`"
    while fence in text:
        fence += "`"
    pad = " " if len(fence) > 1 else ""
    return f"{fence}{pad}{harmless(text)}{pad}{fence}".replace("|", "\\|")


def prose(text: str) -> str:
    """Our own text, which can contain code in backticks and words of the plan, without HTML and links."""
    return harmless(text).replace("|", "\\|").replace("<", "&lt;").replace("](", "]\\(")


def words(text: str) -> str:
    """Words of the plan, with all Markdown escaped."""
    return prose(_SIGNS.sub(r"\\\g<0>", harmless(text).replace("&", "&amp;")))


def paragraph(text: str) -> str:
    """The same at the beginning of a line, where signs begin headings, lists and rules."""
    return re.sub(_BEGINS, r"\1\\\2", words(text))


_BEGINS = r"^(\s*\d{0,9})([#+=~>.)-])"


_SIGNS = re.compile(r"[`*\\]|(?<!\w)_|_(?!\w)")
