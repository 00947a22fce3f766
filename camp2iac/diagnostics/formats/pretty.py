"""For people: the problem, its place, the lines with marks, and what to write. In colour if wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from camp2iac.diagnostics.excerpt import ExcerptLine, harmless
from camp2iac.diagnostics.formats.base import Format
from camp2iac.diagnostics.model import Diagnostic
from camp2iac.diagnostics.secrets import Masked
from camp2iac.diagnostics.severity import Severity
from camp2iac.diagnostics.span import Label
from camp2iac.record import Record

_STYLES = {"error": "1;31", "warning": "1;33", "note": "1;36", "bold": "1", "blue": "1;34", "green": "1;32"}
_MANY = 4  # codes to name in the last line


def writer(*, colour: bool) -> Format:
    """The format; ``colour``: with ANSI sequences. They do not change the text."""
    return Pretty(colour)


class Mark(Record, frozen=True):
    """A marked part of one line: ``^`` or ``-``, and the label."""

    first: int
    last: int
    sign: str
    text: str
    style: str


class Pretty(Record, frozen=True):
    """See the module."""

    colour: bool = False

    def render(self, diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
        """All diagnostics, then their number and the commands that explain them; nothing if there are none."""
        if not diagnostics:
            return ""
        masked = texts if isinstance(texts, Masked) else Masked(texts)
        return "\n\n".join([*(self.block(each, masked) for each in diagnostics), self._count(diagnostics)]) + "\n"

    def block(self, diagnostic: Diagnostic, texts: Masked) -> str:
        """One diagnostic, without a line break at the end. The code can be empty."""
        level = diagnostic.level.value
        head = self.paint(level, f"{level}[{harmless(diagnostic.code)}]" if diagnostic.code else level)
        return "\n".join(
            [head + self.paint("bold", f": {harmless(diagnostic.message)}"), *self.below(diagnostic, texts)]
        )

    def paint(self, style: str, text: str) -> str:
        """Text in a style: ``bold``, ``blue``, ``green``, or a severity."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colour and text else text

    def below(self, diagnostic: Diagnostic, texts: Masked) -> list[str]:
        """The lines below the first one: places with their lines, notes and help."""
        out: list[str] = []
        places = _by_file(diagnostic)
        shown = {file: _lines_to_show(labels, texts.lines(file)) for file, labels in places.items() if file in texts}
        numbers = [number for chosen in shown.values() for number in chosen]
        numbers += [diagnostic.span.line] if diagnostic.span else []
        width = max((len(str(number)) for number in numbers), default=1)
        margin = " " * (width + 1)
        for file, labels in places.items():
            if diagnostic.span and file == diagnostic.span.file:
                out.append(margin + self.paint("blue", "--> ") + harmless(str(diagnostic.span)))
            else:
                out.append(margin + self.paint("blue", "::: ") + harmless(str(labels[0].span)))
            if file in shown:
                out.append(f"{margin} " + self.paint("blue", "|"))
                out += self._excerpt(diagnostic, labels, texts, shown[file], width)
        if diagnostic.notes or diagnostic.help:
            out += [f"{margin} " + self.paint("blue", "|")] if shown else []
            for note in diagnostic.notes:
                out += self._remark(margin, "note", note, "bold")
            if diagnostic.help:
                out += self._remark(margin, "help", diagnostic.help, "green")
        return [line.rstrip() for line in out]

    def _remark(self, margin: str, word: str, text: str, style: str) -> list[str]:
        first, *rest = text.split("\n")
        start = f"{margin} " + self.paint("blue", "= ") + self.paint(style, f"{word}:") + f" {harmless(first)}"
        return [start, *(f"{margin}   {' ' * len(word)}  {harmless(line)}" for line in rest)]

    def _excerpt(
        self, diagnostic: Diagnostic, labels: list[Label], texts: Masked, shown: list[int], width: int
    ) -> list[str]:
        out = []
        text, masks = texts.lines(labels[0].span.file), texts.hidden(labels[0].span.file)
        previous = shown[0] - 1 if shown else 0
        for number in shown:
            if number > previous + 1:
                out.append("...")
            previous = number
            source = text[number - 1] if number <= len(text) else ""
            here = [label for label in labels if label.span.line == number]
            around = here[0].span.column if here else 0
            line = ExcerptLine.of(source, masks.get(number, ()), around)
            marks = [_mark(label, diagnostic, line, source) for label in here]
            marks = [mark for mark in marks if mark.sign]
            focus = next((mark for mark in marks if mark.sign == "^"), marks[0] if marks else Mark(0, 1, "", "", ""))
            content, begin, end = line.cut(focus.first, focus.last)
            out.append(self.paint("blue", f"{number:>{width + 1}} |") + f" {content}")
            for mark in marks:
                first = min(max(mark.first, begin), end - 1) - begin
                last = max(min(mark.last, end) - begin, first + 1)
                under = self.paint(mark.style, f"{mark.sign * (last - first)} {harmless(mark.text)}".rstrip())
                out.append(" " * (width + 2) + self.paint("blue", "|") + f" {' ' * first}{under}")
        return out

    def _count(self, diagnostics: Sequence[Diagnostic]) -> str:
        levels = Counter(each.level for each in diagnostics)
        counts = [f"{levels[s]} {s.value}{'s' if levels[s] > 1 else ''}" for s in Severity if levels[s]]
        codes = list(dict.fromkeys(each.code for each in diagnostics))
        if len(codes) <= _MANY:
            more = ", ".join(f"camp2iac explain {code}" for code in codes)
        else:
            more = "camp2iac explain CODE"
        return f"{', '.join(counts)}. More about {'it' if len(diagnostics) == 1 else 'them'}: {more}"


def _by_file(diagnostic: Diagnostic) -> dict[str, list[Label]]:
    """The labels to show by file, the primary file first; a label without text can be a line without a mark."""
    primary = [Label(diagnostic.span, diagnostic.label)] if diagnostic.span else []
    places: dict[str, list[Label]] = {}
    for label in [*primary, *diagnostic.related, *(Label(span, "") for span in diagnostic.context)]:
        places.setdefault(label.span.file, []).append(label)
    return places


def _mark(label: Label, diagnostic: Diagnostic, line: ExcerptLine, source: str) -> Mark:
    """The mark of a label on its first line; without a sign for a line without a mark."""
    span = label.span
    to = span.end_column - 1 if span.end_line == span.line else len(source.rstrip())
    first, last = line.place(span.column - 1, max(to, span.column - 1))
    if diagnostic.span == span and label.text == diagnostic.label:
        return Mark(first, last, "^", label.text, diagnostic.level.value)
    return Mark(first, last, "-" if label in diagnostic.related else "", label.text, "blue")


def _lines_to_show(labels: list[Label], text: list[str]) -> list[int]:
    """The lines of the labels, and a single line between two of them if it belongs to the same block."""
    chosen = sorted({label.span.line for label in labels})
    between = [a + 1 for a, b in pairwise(chosen) if b == a + 2 and _same_block(text, a, b)]
    return sorted([*chosen, *between])


def _same_block(text: list[str], before: int, after: int) -> bool:
    indents = [_indent(text, number) for number in (before, after)]
    return _indent(text, before + 1) >= min(indents)


def _indent(text: list[str], number: int) -> int:
    line = text[number - 1] if number <= len(text) else ""
    return len(line) - len(line.lstrip())
