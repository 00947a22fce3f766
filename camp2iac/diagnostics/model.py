"""Diagnostics. A fault in a user's document is a value of this type, never an exception."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp2iac.diagnostics.codes import code_of
from camp2iac.diagnostics.fix import Fix, advice
from camp2iac.diagnostics.severity import Severity
from camp2iac.diagnostics.span import Label, Span
from camp2iac.record import Record, field, set_once


class Diagnostic(Record, frozen=True):
    """One mistake.

    ``code``: one that has a page (``camp2iac.diagnostics.codes``). ``message``: what is wrong, in the plan's own words
    and names, one line, no full stop. ``span``: the very word that is wrong; None when the fault has no place in a text
    (an archive that is too large). ``label``: shown under that word, after ``^``. ``related``: what else takes part.
    ``context``: lines shown without a mark (the one that names the thing). ``notes``: what one must know. ``help``:
    what to do, YAML set off by two spaces; may have several lines. ``fixes``: edits that mend it, alternatives where
    they are several. Where ``help`` is left empty it is what the fixes say, so that both have one source.
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

    def __post_init__(self) -> None:
        if self.fixes and not self.help:
            set_once(self, "help", advice(self.fixes))

    @property
    def level(self) -> Severity:
        """Its severity: its own, else its code's."""
        if self.severity is not None:
            return self.severity
        return code_of(self.code).severity


class Diagnostics(Record):
    """A collector that is handed down through the phases of one compilation."""

    items: list[Diagnostic] = field(default_factory=list)
    _seen: set[Diagnostic] = field(default_factory=set)

    def add(self, diagnostic: Diagnostic) -> None:
        """Collect one; the same one twice counts once."""
        if diagnostic not in self._seen:
            self._seen.add(diagnostic)
            self.items.append(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Collect several."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.items)

    @property
    def failed(self) -> bool:
        """Whether an error is among them."""
        return any(item.level is Severity.ERROR for item in self.items)

    def ordered(self) -> list[Diagnostic]:
        """By file and place; those without a place first."""
        return sorted(self.items, key=lambda d: (d.span is not None, d.span or Span("", 0, 0, 0, 0), d.code, d.message))
