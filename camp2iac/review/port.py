"""The port report: what became of each statement of the plan, on one platform or on several side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.targets.base import LedgerEntry, Outcome
from camp2iac.topology.statements import PLAN, StatementKey, Subject

_ORDER = list(Outcome)


class Column(Record, frozen=True):
    """One platform: its name, its environment file (None: without), an entry for each statement in plan order."""

    target: str
    environment: str | None
    entries: tuple[LedgerEntry, ...]

    def counts(self) -> dict[Outcome, int]:
        """How many statements came to what; every outcome is there."""
        found = Counter(entry.outcome for entry in self.entries)
        return {outcome: found[outcome] for outcome in _ORDER}


class Row(Record, frozen=True):
    """One statement: what it is about, its words, where; and its entry by target (none where nobody was told)."""

    subject: Subject
    words: str
    span: Span
    entries: Mapping[str, LedgerEntry]


class Group(Record, frozen=True):
    """Statements that a platform treats alike, for one reason and with one remedy."""

    entries: tuple[LedgerEntry, ...]

    @property
    def first(self) -> LedgerEntry:
        """The one that stands for all."""
        return self.entries[0]


class PortReport(Record, frozen=True):
    """``title``: the application's; ``file``: the plan's shown name; rows by heading, what is the plan's own last."""

    title: str
    file: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def by_heading(self) -> dict[str, list[Row]]:
        """Rows under their headings."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.subject.heading, []).append(row)
        return found


def report(title: str, file: str, columns: Sequence[Column]) -> PortReport:
    """Set platforms side by side: rows in the order of the plan, by heading."""
    rows: dict[StatementKey, dict[str, LedgerEntry]] = {}
    for column in columns:
        for entry in column.entries:
            rows.setdefault(entry.statement.key, {})[column.target] = entry
    headings = list(dict.fromkeys(key.subject.heading for key in rows))
    places = {heading: place for place, heading in enumerate(headings)} | {PLAN.heading: len(headings)}
    ordered = sorted(rows.items(), key=lambda item: places[item[0].subject.heading])
    return PortReport(title, file, tuple(columns), tuple(_row(entries) for _, entries in ordered))


def _row(entries: Mapping[str, LedgerEntry]) -> Row:
    """The words are the first platform's: an environment may have changed a value (another initial count)."""
    statement = next(iter(entries.values())).statement
    return Row(statement.subject, statement.words, statement.span, entries)


def groups(rows: Sequence[Row], target: str, outcome: Outcome) -> list[Group]:
    """What a platform degrades, or loses: those of one reason and remedy together, where the first of them is."""
    found: dict[tuple[object, ...], list[LedgerEntry]] = {}
    for row in rows:
        entry = row.entries.get(target)
        if entry is not None and entry.outcome is outcome:
            found.setdefault((entry.why, entry.remedies), []).append(entry)
    return [Group(tuple(entries)) for entries in found.values()]


def fails(report: PortReport, on: str | None) -> bool:
    """Whether ``--fail-on lost`` or ``--fail-on degraded`` (which counts losses too) is met."""
    if on is None:
        return False
    bad = {Outcome.LOST} if on == "lost" else {Outcome.LOST, Outcome.DEGRADED}
    return any(entry.outcome in bad for column in report.columns for entry in column.entries)
