"""Broken YAML in the user's words: from what the parser stumbled over to what was meant.

The parser knows only where it stopped. The common mistakes are told by the lines there, one small function each; the
first that recognises its own answers.
"""

from __future__ import annotations

from collections.abc import Callable

import yaml

from camp2iac.camp import broken_layout, broken_words
from camp2iac.camp.broken_stop import Stop
from camp2iac.camp.text import LINE_END
from camp2iac.diagnostics import Diagnostic, Span


def explain(error: Exception, text: str, file: str) -> Diagnostic:
    """CAMP101 (or CAMP103 for characters that YAML cannot hold) for what PyYAML raised."""
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
        "from here on this is no YAML",
        span=stop.span(stop.line, stop.column),
        label=_REASONS.get(stop.problem, "this cannot stand here"),
        help="compare this line with the one before; a text with special characters belongs in quotes",
    )


_REASONS = {
    "found unknown escape character": "no such escape: in double quotes, write \\\\ for a backslash",
    "did not find expected hexdecimal number": "hexadecimal digits belong here",
    "did not find expected comment or line break": "nothing may stand here but the text on the next lines",
    "found duplicate %YAML directive": "said twice",
    "found incompatible YAML document": "only YAML 1.1 and 1.2 are read",
}


def _character(text: str, file: str) -> Diagnostic:
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    at = found.start() if found else 0
    before = LINE_END.split(text[:at])
    line, column = len(before), len(before[-1]) + 1
    return Diagnostic(
        "CAMP103",
        f"a character stands here that YAML cannot hold: U+{ord(text[at]) if text else 0:04X}",
        span=Span(file, line, column, line, column + 1),
        label="not a printable character",
        help='take it out, or write it in double quotes as an escape such as  "\\x07"',
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
