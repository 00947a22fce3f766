"""What a line of a plan or of an environment file made in an output."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from camp2iac.camp import yaml
from camp2iac.camp.nodes import Mapping, MappingEntry, Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.record import Record
from camp2iac.review.trace import comments
from camp2iac.review.trace.generated import GeneratedOutput, PlanPlace
from camp2iac.review.trace.why import Made


class MadeReport(Record, frozen=True):
    """What a line made in one output.

    ``lines``: the lines that were looked at: the line, or if it made nothing, the smallest part of the file around it
    that made something: in an environment file at most a key with all its lines. ``made``: each with the statement
    that asks for it. ``parameter``: the parameter that the line declares or sets, if the line made
    something only where the plan uses it.
    """

    output: str
    file: str
    line: int
    lines: tuple[int, int]
    made: tuple[tuple[PlanPlace, Made], ...]
    parameter: str = ""

    @property
    def exact(self) -> bool:
        """Whether the line itself made something."""
        return self.lines == (self.line, self.line)


def by_line(output: GeneratedOutput, file: str, line: int) -> MadeReport:
    """What a line made. ``file``: a plan or environment file with its shown name."""
    folder, text = output.folder.as_posix(), output.source_text(file) or ""
    if exact := _between(output, file, line, line):
        return MadeReport(folder, file, line, (line, line), exact)
    if name := _parameter(text, file, line):
        plan = output.shown(output.plan)
        used = dict.fromkeys(each for use in _uses(output, plan, name) for each in _smallest(output, plan, use)[1])
        if used:
            return MadeReport(folder, file, line, (line, line), tuple(used), name)
    lines, found = _smallest(output, file, line)
    if found or file == output.shown(output.plan):
        return MadeReport(folder, file, line, lines, found)
    lines, found = _key(output, file, line)
    return MadeReport(folder, file, line, lines, found)


Pairs: TypeAlias = "tuple[tuple[PlanPlace, Made], ...]"


def _between(output: GeneratedOutput, file: str, first: int, last: int) -> Pairs:
    """What some lines made, each with the statement that asks for it."""
    places = (each for each in output.statements() if each.span.file == file and first <= each.span.line <= last)
    return tuple((each, Made(each.name, output.written.get(each.name))) for each in places)


def _smallest(output: GeneratedOutput, file: str, line: int) -> tuple[tuple[int, int], Pairs]:
    """The line, or the smallest part of the file around it that made something, and what it made."""
    for first, last in ((line, line), *around(output.source_text(file) or "", file, line)):
        if found := _between(output, file, first, last):
            return (first, last), found
    return (line, line), ()


def _key(output: GeneratedOutput, file: str, line: int) -> tuple[tuple[int, int], Pairs]:
    """The key of an environment file that contains a line, and what it made, also what only names it in a comment."""
    root = yaml.parse(output.source_text(file) or "", file, Diagnostics())
    for span, _ in _parts(root) if root is not None else ():
        if span.line <= line <= span.end_line:
            lines = (span.line, span.end_line)
            own = _between(output, file, *lines)
            names = {made.name for _, made in own}
            found = own + tuple(each for each in _commented(output, file, *lines) if each[1].name not in names)
            return (lines, found) if found else ((line, line), ())
    return (line, line), ()


def _commented(output: GeneratedOutput, file: str, first: int, last: int) -> Pairs:
    """What has a comment that names a key in these lines."""
    pairs = ((each, name) for name, says in output.comments.items() for each in comments.named(output, says))
    return tuple(
        (each, Made(name, output.written.get(name)))
        for each, name in pairs
        if each.span.file == file and first <= each.span.line <= last
    )


def _parameter(text: str, file: str, line: int) -> str:
    """The parameter that a line of a plan declares, or that a line of an environment file sets; empty if none."""
    root = yaml.parse(text, file, Diagnostics())
    for key in ("org.camp2iac:Parameters", "parameters"):
        given = root.get(key) if isinstance(root, Mapping) else None
        for name, entry in given.entries.items() if isinstance(given, Mapping) else ():
            if entry.key.span.line <= line <= entry.value.span.end_line:
                return name
    return ""


def _uses(output: GeneratedOutput, plan: str, name: str) -> list[int]:
    """The lines of the plan with ``{ parameter: NAME }``."""
    waiting: list[Node | None] = [yaml.parse(output.source_text(plan) or "", plan, Diagnostics())]
    found = []
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            entry = node.entries.get("parameter")
            if isinstance(entry, MappingEntry) and isinstance(entry.value, Scalar) and entry.value.text == name:
                found.append(entry.key.span.line)
            waiting += [each.value for each in node.entries.values()]
        elif isinstance(node, Sequence):
            waiting += list(node)
    return sorted(found)


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
