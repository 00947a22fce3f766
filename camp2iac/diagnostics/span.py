"""Places in the user's files."""

from __future__ import annotations

from camp2iac.record import Record


class Span(Record, frozen=True, order=True):
    """A part of a file.

    ``file`` is the name to show (``camp.yaml``, ``environments/prod.yaml``). Lines and columns count from 1, in
    characters. ``end_column`` is the column after the last character, as in SARIF.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def start(self) -> Span:
        """The empty span at its beginning."""
        return Span(self.file, self.line, self.column, self.line, self.column)

    @property
    def end(self) -> Span:
        """The empty span after it."""
        return Span(self.file, self.end_line, self.end_column, self.end_line, self.end_column)


class Label(Record, frozen=True):
    """A span with a few words about it, shown below the line of the excerpt after ``-``."""

    span: Span
    text: str
