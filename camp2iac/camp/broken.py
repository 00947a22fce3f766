"""Broken YAML in the user's words: from what the parser stumbled over to what was meant.

The parser knows only where it stopped. The common mistakes are told by the lines there, one small function each; the
first that recognises its own answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from camp2iac.camp.text import LINE_END
from camp2iac.diagnostics import Diagnostic, Fix, Label, Span
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record

_LEAD = re.compile(r"[ \t]*(?:-[ \t]+)*")
_KEY = re.compile(r"""(?P<key>[^\s"'#{\[&*!|>%@`-][^:#]*?|-[^\s:][^:]*?)\s*:(?:\s+(?P<rest>.*)|$)""")


class _Stop(Record, frozen=True):
    """Where the parser stopped (``line``, ``column``, from 0), and where what it was reading began."""

    file: str
    lines: list[str]
    problem: str
    doing: str
    line: int
    column: int
    from_line: int
    from_column: int

    def span(self, line: int, column: int, length: int = 1) -> Span:
        """A span inside of the text: the parser sees an end of the last line that may not be there."""
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        column = min(column, len(self.lines[line]))
        end = min(column + max(length, 0), len(self.lines[line]))
        return Span(self.file, line + 1, column + 1, line + 1, end + 1)

    def text(self, line: int) -> str:
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    def before(self, line: int) -> int | None:
        """The nearest line above that says something."""
        for above in range(line - 1, -1, -1):
            stripped = self.lines[above].strip()
            if stripped and not stripped.startswith("#"):
                return above
        return None


def explain(error: Exception, text: str, file: str) -> Diagnostic:
    """CAMP101 (or CAMP103 for characters that YAML cannot hold) for what PyYAML raised."""
    lines = LINE_END.split(text)
    if not isinstance(error, yaml.MarkedYAMLError):
        return _character(text, file)
    mark = error.problem_mark or error.context_mark
    start = error.context_mark or mark
    stop = _Stop(
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


def _name(line: str) -> str:
    """What a person calls a line: its key, or its first word."""
    rest = line[_lead(line) :]
    key = _KEY.match(rest)
    return short(key["key"] if key else (rest.split() or ["it"])[0], 40)


def _lead(line: str) -> int:
    match = _LEAD.match(line)
    return match.end() if match else 0


def _tab(stop: _Stop) -> Diagnostic | None:
    line = stop.text(stop.line)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" not in indent:
        return None
    tabs, spaces = indent.count("\t"), " " in indent
    above = stop.before(stop.line)
    target, place = 0, ""
    if above is not None:
        column = _lead(stop.text(above))
        opens = stop.text(above).split(" #")[0].rstrip().endswith(":")
        item = line.strip().startswith("- ")
        target = column + 2 if opens else column
        if item and not opens:
            target = len(stop.text(above)) - len(stop.text(above).lstrip(" "))
        relation = "belongs to" if opens else "stands below"
        place = f", so that {_name(line)} {relation} {_name(stop.text(above))}"
    amount = f"{target} spaces" if target != 1 else "1 space"
    return Diagnostic(
        "CAMP101",
        f"this line is indented with {'tabs and spaces' if spaces else 'tabs'}, which YAML does not allow",
        span=stop.span(stop.line, 0, len(indent)),
        label="a tab" if tabs == 1 else f"{tabs} tabs",
        context=() if above is None else (stop.span(above, _lead(stop.text(above))),),
        help=f"indent it with {amount if target else 'no spaces'}{place}",
        fixes=(Fix("", stop.span(stop.line, 0, len(indent)), " " * target),),
    )


def _star(stop: _Stop) -> Diagnostic | None:
    if "expected alphabetic or numeric" not in stop.problem:
        return None
    line = stop.text(stop.from_line)
    rest = line[stop.from_column :]
    word = re.split(r"\s*(?:#|,\s|[\]}]|$)", rest)[0] or rest[:1]
    meaning = "repeats what is marked with & elsewhere" if word[:1] == "*" else "marks what follows, to repeat it"
    return Diagnostic(
        "CAMP101",
        f"a text that begins with {word[:1]} needs quotes: {short(word)}",
        span=stop.span(stop.from_line, stop.from_column, len(word)),
        notes=(f"in YAML, {word[:1]} before a name {meaning}",),
        fixes=_in_quotes(stop, stop.from_line, stop.from_column, word),
    )


def _quoted(line: str, column: int, word: str) -> str:
    key = _KEY.match(line[_lead(line) :])
    prefix = (
        f"{short(key['key'])}: " if key and column > _lead(line) else "- " if line.lstrip().startswith("- ") else ""
    )
    escaped = short(word, 100).replace("\\", "\\\\").replace('"', '\\"')
    return f'{prefix}"{escaped}"'


def _in_quotes(stop: _Stop, line: int, column: int, word: str, *, sure: bool = True) -> tuple[Fix, ...]:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    write = _quoted(stop.text(line), column, word)
    return (Fix(write, stop.span(line, column, len(word)), f'"{escaped}"', sure=sure),)


def _start(stop: _Stop) -> Diagnostic | None:
    if "cannot start any token" not in stop.problem:
        return None
    line = stop.text(stop.line)
    word = re.split(r"\s+#|,\s|[\]}]", line[stop.column :])[0].rstrip()
    if not word or word[0] == "\t":
        return None
    return Diagnostic(
        "CAMP101",
        f"a text that begins with {word[0]} needs quotes: {short(word)}",
        span=stop.span(stop.line, stop.column, len(word)),
        fixes=_in_quotes(stop, stop.line, stop.column, word),
    )


def _two_keys(stop: _Stop) -> Diagnostic | None:
    if "mapping values are not allowed" not in stop.problem:
        return None
    line = stop.text(stop.line)
    lead = _lead(line)
    outer = _KEY.match(line[lead:])
    if not outer or not outer["rest"] or lead + outer.start("rest") >= stop.column:
        return None
    column = lead + outer.start("rest")
    rest = outer["rest"].split(" #")[0].rstrip()
    key = outer["key"]
    if key == "fulfillment" and rest.startswith("id:"):
        return Diagnostic(
            "CAMP101",
            "no space belongs between id: and the service's id",
            span=stop.span(stop.line, column, len(rest)),
            label="with a space, this is a second key on one line",
            fixes=(
                Fix(
                    f"fulfillment: id:{short(rest[3:].strip())}",
                    stop.span(stop.line, column, len(rest)),
                    f"id:{rest[3:].strip()}",
                    sure=True,
                ),
            ),
        )
    return Diagnostic(
        "CAMP101",
        f"the value of {short(key)} has a colon and a space in it, as if it were another key",
        span=stop.span(stop.line, stop.column),
        label="this colon",
        help=f"quote it:  {_quoted(line, column, rest)}",
        fixes=_in_quotes(stop, stop.line, column, rest, sure=False),
    )


def _indent(stop: _Stop) -> Diagnostic | None:
    """A line that stands between the columns of those above it."""
    line = stop.text(stop.line)
    own = len(line) - len(line.lstrip(" "))
    shifted = "mapping values are not allowed" in stop.problem
    if not line.strip() or (not shifted and stop.column != own) or stop.problem == "found unexpected end of stream":
        return None
    if (not shifted and "did not find expected" not in stop.problem) or "flow" in stop.doing:
        return None
    columns: dict[int, int] = {}
    least = 10**6
    for above in range(stop.line - 1, max(-1, stop.line - 500), -1):
        text = stop.lines[above]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        item, key = len(text) - len(text.lstrip(" ")), _lead(text)
        for column in (key, item):
            if column < least and (column == item or _KEY.match(text[column:])):
                columns.setdefault(column, above)
        least = min(least, item)
    if not columns or (own in columns and own != 0):
        return None
    best = min(columns, key=lambda column: (abs(column - own), -column))
    above = columns[best]
    kind, expected = ("list item", "-") if line.lstrip().startswith("- ") else ("line", "")
    if own == best:
        colon = "a name and a colon"
        what = f"a list item, where {colon} belong" if expected else f"{colon}, where a list item belongs"
        return Diagnostic(
            "CAMP101",
            f"this is {what}",
            span=stop.span(stop.line, own, len(_name(line))),
            related=(Label(stop.span(stop.from_line, stop.from_column), "what it stands in begins here"),),
            help="indent it below what it belongs to"
            if expected
            else f"write  - {short(line.strip())}  or indent it differently",
            fixes=() if expected else (Fix(f"- {short(line.strip())}", stop.span(stop.line, own, 0), "- "),),
        )
    return Diagnostic(
        "CAMP101",
        f"this {kind} is indented with {own} space{'s' * (own != 1)}, as no other around it is",
        span=stop.span(stop.line, own, len(_name(line)) if not expected else 1),
        related=(Label(stop.span(above, best, len(_name(stop.text(above)))), f"this one with {best}"),),
        help=f"indent it with {best} space{'s' * (best != 1)}, as {_name(stop.text(above))} is",
        fixes=(Fix("", stop.span(stop.line, 0, own), " " * best),),
    )


def _open_quote(stop: _Stop) -> Diagnostic | None:
    quoted = "quoted scalar" in stop.doing and "end of stream" in stop.problem
    line, column = stop.from_line, stop.from_column
    if not quoted:
        if stop.problem != "did not find expected key" and "expected ','" not in stop.problem:
            return None
        found = _odd_quote(stop)
        if found is None:
            return None
        line, column = found
    quote = stop.text(line)[column : column + 1] or '"'
    return Diagnostic(
        "CAMP101",
        "a quote is opened here and not closed on its line",
        span=stop.span(line, column, len(stop.text(line).rstrip()) - column),
        related=()
        if quoted or line == stop.line
        else (Label(stop.span(stop.line, stop.column), "so that this makes no sense"),),
        help=f"close it with {quote} at the end of the text",
    )


def _odd_quote(stop: _Stop) -> tuple[int, int] | None:
    """The first line of the last few with one double quote too many."""
    for line in range(max(0, stop.line - 3), stop.line + 1):
        text = re.sub(r"\\.", "__", stop.text(line))
        if text.count('"') % 2 and "'" not in text:
            return line, text.index('"') if text.count('"') == 1 else text.rindex('"')
    return None


def _range(stop: _Stop) -> Diagnostic | None:
    """``[1.6,)``: half-open ranges look like lists that are not closed."""
    if "flow" not in stop.doing:
        return None
    line = stop.text(stop.from_line)
    found = re.compile(r"\[[^\[\](){}]*\)").match(line, stop.from_column)
    if not found:
        return None
    return Diagnostic(
        "CAMP101",
        f"a range of versions needs quotes: {short(found[0])}",
        span=stop.span(stop.from_line, stop.from_column, len(found[0])),
        notes=("in YAML, [ without quotes opens a list, and only ] closes it",),
        fixes=_in_quotes(stop, stop.from_line, stop.from_column, found[0]),
    )


def _open_bracket(stop: _Stop) -> Diagnostic | None:
    if "flow" not in stop.doing:
        return None
    bracket = stop.text(stop.from_line)[stop.from_column : stop.from_column + 1]
    closing = "}" if bracket == "{" else "]"
    at = () if stop.line >= len(stop.lines) else (Label(stop.span(stop.line, stop.column), "before this"),)
    return Diagnostic(
        "CAMP101",
        f"{bracket} is opened and not closed",
        span=stop.span(stop.from_line, stop.from_column),
        label=f"a comma or {closing} is missing after this",
        related=at if stop.text(stop.line).strip() else (),
        help=f"close it with {closing}, and put a comma between the parts",
    )


def _no_colon(stop: _Stop) -> Diagnostic | None:
    if "could not find expected ':'" not in stop.problem:
        return None
    line = stop.text(stop.from_line)
    word = line[stop.from_column :].rstrip()
    glued = re.match(r"([\w.-]+):(\S.*)", word)
    return Diagnostic(
        "CAMP101",
        f"a space is missing after the colon: {short(word)}"
        if glued
        else f"a colon is missing after a name: {short(word)}",
        span=stop.span(stop.from_line, stop.from_column, len(word)),
        help="" if glued else "write  name: value,  or indent the line if it continues a text",
        fixes=_spaced(stop, glued) if glued else (),
    )


def _spaced(stop: _Stop, glued: re.Match[str]) -> tuple[Fix, ...]:
    """``name:value`` with a space behind the colon; an address such as ``http://...`` may be meant as a text."""
    point = stop.span(stop.from_line, stop.from_column + glued.end(1) + 1, 0)
    write = f"{short(glued[1])}: {short(glued[2], 100)}"
    return (Fix(write, point, " ", sure=not glued[2].startswith("/")),)


def _after_value(stop: _Stop) -> Diagnostic | None:
    if stop.problem != "did not find expected key":
        return None
    rest = stop.text(stop.line)[stop.column :].rstrip()
    before = stop.text(stop.line)[: stop.column].rstrip()
    if not rest or not before or before[-1] not in "\"'}]":
        return None
    quote = before[-1] in "\"'"
    return Diagnostic(
        "CAMP101",
        f"after the closing {before[-1]} nothing more may stand: {short(rest)}",
        span=stop.span(stop.line, stop.column, len(rest)),
        help='put the whole text into quotes; inside \'...\' a quote is written twice, inside "..." as \\"'
        if quote
        else f"take out  {short(rest)}",
        fixes=() if quote else (Fix("", stop.span(stop.line, stop.column, len(rest))),),
    )


_COMMON: tuple[Callable[[_Stop], Diagnostic | None], ...] = (
    _tab,
    _star,
    _start,
    _two_keys,
    _no_colon,
    _range,
    _open_quote,
    _open_bracket,
    _after_value,
    _indent,
)
