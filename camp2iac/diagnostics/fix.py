"""Fixes: what to write into the user's files. Help and port reports show them, ``validate --fix`` applies them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from camp2iac.diagnostics.span import Span
from camp2iac.record import Record

_BREAK = r"\r\n|[\n\r\x85\u2028\u2029]"  # the line breaks of YAML 1.1, by which spans count


class Fix(Record, frozen=True):
    """What to write, and where: it corrects a diagnostic, or gives back what a platform degrades or loses.

    ``write``: what to write, as people see it: YAML, with the key if that helps (``size: small``). ``replaces``:
    the span that ``text`` replaces; an empty span is an insertion point, an empty ``text`` deletes. None: the user
    decides where it goes in ``file`` (empty: any file). ``sure``: it is the only right correction, so
    ``validate --fix`` applies it (like ruff's *safe* fixes); otherwise it is only shown. ``expects``: the text that the
    span must have, for computed spans; empty: any. ``note``: what it brings or needs, in a few words. ``also``: other
    spans of the same file that the same text replaces, if one mistake is in several places.
    """

    write: str
    replaces: Span | None = None
    text: str = ""
    sure: bool = False
    file: str = ""
    expects: str = ""
    note: str = ""
    also: tuple[Span, ...] = ()

    @property
    def place(self) -> str:
        """``environments/heroku.yaml:4``, or only the file, or an empty string."""
        return f"{self.replaces.file}:{self.replaces.line}" if self.replaces else self.file


def advice(fixes: Sequence[Fix]) -> str:
    """The help for fixes, which are alternatives: ``write  size: small``. Empty if there are none."""
    written = [f"{fix.write}  ({fix.note})" if fix.note else fix.write for fix in fixes if fix.write]
    return "write  " + "  or  ".join(written) if written else ""


def applied(text: str, fixes: Iterable[Fix]) -> tuple[str, tuple[Fix, ...]]:
    """Apply fixes to ``text``; returns the result, and the fixes that were applied.

    All spans refer to ``text``, which has no byte order mark. Only the spans change. New lines get the line breaks of
    the text. If fixes overlap, the first in the text is applied. Repeated fixes count once.
    """
    starts = [0, *(found.end() for found in re.finditer(_BREAK, text))]
    first = re.search(_BREAK, text)
    newline = first[0] if first else "\n"
    placed: dict[tuple[int, int, str], Fix] = {}
    for fix in fixes:
        for span in (fix.replaces, *fix.also) if fix.replaces is not None else ():
            begin, end = _range(span, starts, len(text))
            if fix.expects and text[begin:end] != fix.expects:
                continue
            placed.setdefault((begin, end, fix.text), fix)
    out, made, done = [], [], -1
    for begin, end, new in sorted(placed):
        if begin < done or (begin == done and begin == end):
            continue
        out += [text[max(done, 0) : begin], new.replace("\n", newline)]
        made.append(placed[begin, end, new])
        done = end
    return "".join([*out, text[max(done, 0) :]]), tuple(dict.fromkeys(made))


def _range(span: Span, starts: Sequence[int], length: int) -> tuple[int, int]:
    """A span as character offsets (half-open); places after the end of the text become its end."""

    def offset(line: int, column: int) -> int:
        return min(starts[line - 1] + column - 1, length) if line <= len(starts) else length

    begin = offset(span.line, span.column)
    return begin, max(begin, offset(span.end_line, span.end_column))
