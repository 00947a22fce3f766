"""Explain broken YAML in the user's words.

The parser knows only where it stopped. Each common mistake has a small function that recognises it by the lines there.
The first one that does creates the diagnostic.
"""

from __future__ import annotations

from collections.abc import Callable

import yaml

from camp2iac.camp import broken_layout, broken_words
from camp2iac.camp.broken_stop import Stop
from camp2iac.camp.text import LINE_END
from camp2iac.diagnostics import Diagnostic, Span


def explain(error: Exception, text: str, file: str) -> Diagnostic:
    """CAMP101 (or CAMP103 for characters that YAML does not allow) for an exception of PyYAML."""
    lines = LINE_END.split(text)
    if not isinstance(error, yaml.MarkedYAMLError):
        return _character(text, file)
    mark = error.problem_mark or error.context_mark
    start = error.context_mark or mark
    stop = Stop(
        file,
        lines,
        error.problem or "",
        error.context or "",
        *((mark.line, mark.column) if mark else (0, 0)),
        *((start.line, start.column) if start else (0, 0)),
    )
    for recognise in _COMMON:
        found = recognise(stop)
        if found is not None:
            return found
    return Diagnostic(
        "CAMP101",
        "the YAML cannot be parsed",
        span=stop.span(stop.line, stop.column),
        label=_REASONS.get(stop.problem, "YAML does not allow this here"),
        help="compare this line with the one before it, and put strings with special characters in quotes",
    )


_REASONS = {
    "found unknown escape character": "unknown escape: in double quotes, write \\\\ for a backslash",
    "did not find expected hexdecimal number": "expected hexadecimal digits",
    "did not find expected comment or line break": "the string must begin on the next line",
    "found duplicate %YAML directive": "repeated",
    "found incompatible YAML document": "camp2iac reads YAML 1.1 and 1.2",
}


def _character(text: str, file: str) -> Diagnostic:
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    at = found.start() if found else 0
    before = LINE_END.split(text[:at])
    line, column = len(before), len(before[-1]) + 1
    return Diagnostic(
        "CAMP103",
        f"{file} contains a character that YAML does not allow: U+{ord(text[at]) if text else 0:04X}",
        span=Span(file, line, column, line, column + 1),
        label="not a printable character",
        help='remove it, or write it in double quotes as an escape such as  "\\x07"',
    )


_COMMON: tuple[Callable[[Stop], Diagnostic | None], ...] = (
    broken_layout.tab,
    broken_words.star,
    broken_words.start,
    broken_words.two_keys,
    broken_words.no_colon,
    broken_words.version_range,
    broken_words.open_quote,
    broken_layout.open_bracket,
    broken_words.after_value,
    broken_layout.indent_off,
)
