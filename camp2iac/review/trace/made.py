"""What a line of a plan or of an environment file made in an output."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp import yaml
from camp2iac.camp.nodes import Mapping, Node, Sequence
from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.record import Record
from camp2iac.review.trace.generated import GeneratedOutput, PlanPlace
from camp2iac.review.trace.why import Made


class MadeReport(Record, frozen=True):
    """What a line made in one output.

    ``lines``: the lines that were looked at: the line, or if it made nothing, the smallest part of the file around it
    that made something. ``made``: each with the statement that asks for it.
    """

    output: str
    file: str
    line: int
    lines: tuple[int, int]
    made: tuple[tuple[PlanPlace, Made], ...]

    @property
    def exact(self) -> bool:
        """Whether the line itself made something."""
        return self.lines == (self.line, self.line)


def by_line(output: GeneratedOutput, file: str, line: int) -> MadeReport:
    """What a line made. ``file``: a plan or environment file with its shown name."""
    places = [each for each in output.statements() if each.span.file == file]
    for first, last in ((line, line), *around(output.source_text(file) or "", file, line)):
        found = [each for each in places if first <= each.span.line <= last]
        if found:
            pairs = tuple((each, Made(each.name, output.written.get(each.name))) for each in found)
            return MadeReport(output.folder.as_posix(), file, line, (first, last), pairs)
    return MadeReport(output.folder.as_posix(), file, line, (line, line), ())


def around(text: str, file: str, line: int) -> list[tuple[int, int]]:
    """The lines of each value that contains a line, the smallest first; not the whole document."""
    root = yaml.parse(text, file, Diagnostics())
    found: list[tuple[int, int]] = []
    at: Node | None = root
    while at is not None:
        inner = next(((span, node) for span, node in _parts(at) if span.line <= line <= span.end_line), None)
        if inner is None:
            break
        span, at = inner
        found.append((span.line, span.end_line))
    return found[:0:-1] if len(found) > 1 else []


def _parts(node: Node) -> Iterator[tuple[Span, Node]]:
    """The entries or items of a value, each with all of its lines."""
    if isinstance(node, Mapping):
        for entry in node.entries.values():
            start, end = entry.key.span, entry.value.span
            yield Span(start.file, start.line, start.column, end.end_line, end.end_column), entry.value
    elif isinstance(node, Sequence):
        for item in node:
            yield item.span, item
