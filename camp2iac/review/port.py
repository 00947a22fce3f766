"""The port report: the outcome of each statement of the plan, for one platform or several side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.targets.base import LedgerEntry, Outcome
from camp2iac.topology.statements import PLAN, StatementKey, Subject

_ORDER = list(Outcome)


class Column(Record, frozen=True):
    """One platform, or one environment if several are for the same platform: its name, its environment file (None
    without one), and an entry per statement, in plan order.
    """

    target: str
    environment: str | None
    entries: tuple[LedgerEntry, ...]

    def counts(self) -> dict[Outcome, int]:
        """The number of statements with each outcome, including zeros."""
        found = Counter(entry.outcome for entry in self.entries)
        return {outcome: found[outcome] for outcome in _ORDER}


class Row(Record, frozen=True):
    """One statement: its subject, words and place, and its entry per target (none if a target has no entry)."""

    subject: Subject
    words: str
    span: Span
    entries: Mapping[str, LedgerEntry]


class Group(Record, frozen=True):
    """Statements with the same outcome, reason and help."""

    entries: tuple[LedgerEntry, ...]

    @property
    def first(self) -> LedgerEntry:
        """The entry that represents the group."""
        return self.entries[0]


class PortReport(Record, frozen=True):
    """``title``: of the application. ``file``: the plan's shown name. ``rows``: by heading, the plan's own last."""

    title: str
    file: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def by_heading(self) -> dict[str, list[Row]]:
        """The rows by their headings."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.subject.heading, []).append(row)
        return found


def report(title: str, file: str, columns: Sequence[Column]) -> PortReport:
    """Create the report of several platforms: rows in the order of the plan, by heading."""
    rows: dict[StatementKey, dict[str, LedgerEntry]] = {}
    for column in columns:
        for entry in column.entries:
            rows.setdefault(entry.statement.key, {})[column.target] = entry
    headings = list(dict.fromkeys(key.subject.heading for key in rows))
    places = {heading: place for place, heading in enumerate(headings)} | {PLAN.heading: len(headings)}
    ordered = sorted(rows.items(), key=lambda item: places[item[0].subject.heading])
    return PortReport(title, file, tuple(columns), tuple(_row(entries) for _, entries in ordered))


def _row(entries: Mapping[str, LedgerEntry]) -> Row:
    """A row. Values that an environment file changes are all in its words: ``Compute: 2 GiB / 8 GiB``."""
    statement = next(iter(entries.values())).statement
    words = list(dict.fromkeys(entry.statement.words for entry in entries.values()))
    what = words[0].partition(": ")[0] + ": "
    if all(each.startswith(what) for each in words):
        words = [words[0], *(each.removeprefix(what) for each in words[1:])]
    return Row(statement.subject, " / ".join(words), statement.span, entries)


def groups(rows: Sequence[Row], target: str, outcome: Outcome) -> list[Group]:
    """What a platform degrades or loses, grouped by reason and help, in the order of the first entries."""
    found: dict[tuple[object, ...], list[LedgerEntry]] = {}
    for row in rows:
        entry = row.entries.get(target)
        if entry is not None and entry.outcome is outcome:
            found.setdefault((entry.why, entry.help, entry.fixes), []).append(entry)
    return [Group(tuple(entries)) for entries in found.values()]


def fails(report: PortReport, on: str | None) -> bool:
    """Whether the report fails ``--fail-on lost`` or ``--fail-on degraded``, which includes losses."""
    if on is None:
        return False
    bad = {Outcome.LOST} if on == "lost" else {Outcome.LOST, Outcome.DEGRADED}
    return any(entry.outcome in bad for column in report.columns for entry in column.entries)
