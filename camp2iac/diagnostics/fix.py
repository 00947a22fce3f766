"""Fixes: edits of the user's files, as the help shows them and as ``validate --fix`` makes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from camp2iac.diagnostics.span import Span
from camp2iac.record import Record

_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")  # the line breaks of YAML 1.1, by which spans count


class Fix(Record, frozen=True):
    """One edit.

    ``write``: what to write, as the help shows it: YAML, with the key where that helps (``size: small``). ``replaces``:
    the span that ``text`` takes the place of; an empty span is a point of insertion, an empty ``text`` deletes. None:
    where it belongs in ``file`` is for the user to say. ``sure``: this is the one right replacement, so that
    ``validate --fix`` makes it without asking (as ruff's *safe* fixes); else it is only shown. ``expects``: what must
    stand at the place, for spans that are worked out; empty: whatever stands there.
    """

    write: str
    replaces: Span | None = None
    text: str = ""
    sure: bool = False
    file: str = ""
    expects: str = ""


def advice(fixes: Sequence[Fix]) -> str:
    """The help that fixes give: ``write  size: small``; several are alternatives. Empty where there is none."""
    written = [fix.write for fix in fixes if fix.write]
    return "write  " + "  or  ".join(written) if written else ""


def applied(text: str, fixes: Iterable[Fix]) -> tuple[str, tuple[Fix, ...]]:
    """A text after these edits, and those that were made.

    All spans are of ``text``, which has no byte order mark. Nothing but what they replace changes; line breaks of what
    they write are those of the text. Of edits that overlap, the first in the text is made; one that is given twice
    counts once.
    """
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    first = _BREAK.search(text)
    newline = first[0] if first else "\n"
    placed: dict[tuple[int, int, str], Fix] = {}
    for fix in fixes:
        if fix.replaces is not None:
            begin, end = _range(fix.replaces, starts, len(text))
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
    return "".join([*out, text[max(done, 0) :]]), tuple(made)


def _range(span: Span, starts: Sequence[int], length: int) -> tuple[int, int]:
    """A span as character offsets (half-open); what lies past the end is the end."""

    def offset(line: int, column: int) -> int:
        return min(starts[line - 1] + column - 1, length) if line <= len(starts) else length

    begin = offset(span.line, span.column)
    return begin, max(begin, offset(span.end_line, span.end_column))
