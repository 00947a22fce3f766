"""Diagnostics. An error in a user's file is a value of this type, never an exception."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp2iac.diagnostics.codes import code_of
from camp2iac.diagnostics.fix import Fix, advice
from camp2iac.diagnostics.severity import Severity
from camp2iac.diagnostics.span import Label, Span
from camp2iac.record import Record, field, set_once


class Diagnostic(Record, frozen=True):
    """One error, warning or note.

    ``code``: its code, which has a page (``camp2iac.diagnostics.codes``). ``message``: the problem in one line, with
    the plan's names, without a full stop. ``span``: the words that are wrong; None if the problem has no place in a
    file (an archive that is too large). ``label``: shown below these words, after ``^``. ``related``: other places
    that take part. ``context``: lines shown without a mark, such as the name of the artifact. ``notes``: facts that
    explain the problem. ``help``: what to do, with YAML set off by two spaces; can have several lines. ``fixes``: edits
    that fix it; several are alternatives. An empty ``help`` is generated from the fixes.
    ``environments``: the environment files that it concerns, if a command checked others too. ``mistake``: diagnostics
    of one code that have the same, in one file, are one mistake in several places, and are shown as one
    (:func:`camp2iac.diagnostics.mistakes.once`).
    """

    code: str
    message: str
    span: Span | None = None
    label: str = ""
    related: tuple[Label, ...] = ()
    context: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    help: str = ""
    severity: Severity | None = None  # None: the code's own
    fixes: tuple[Fix, ...] = ()
    environments: tuple[str, ...] = ()
    mistake: str = ""

    def __post_init__(self) -> None:
        if self.fixes and not self.help:
            set_once(self, "help", advice(self.fixes))

    @property
    def level(self) -> Severity:
        """Its own severity, or that of its code."""
        if self.severity is not None:
            return self.severity
        return code_of(self.code).severity


class Diagnostics(Record):
    """Collects diagnostics through the phases of one compilation."""

    items: list[Diagnostic] = field(default_factory=list)
    _seen: set[Diagnostic] = field(default_factory=set)

    def add(self, diagnostic: Diagnostic) -> None:
        """Add one. A repeated diagnostic counts once."""
        if diagnostic not in self._seen:
            self._seen.add(diagnostic)
            self.items.append(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add several."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.items)

    @property
    def failed(self) -> bool:
        """Whether one of them is an error."""
        return any(item.level is Severity.ERROR for item in self.items)

    def ordered(self) -> list[Diagnostic]:
        """The diagnostics by file and place; those without a place come first. A mistake in several places is one."""
        from camp2iac.diagnostics.mistakes import once

        none = Span("", 0, 0, 0, 0)
        return once(sorted(self.items, key=lambda d: (d.span is not None, d.span or none, d.code, d.message)))
