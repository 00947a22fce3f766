"""Broken YAML with a mistake in a line: quotes and colons that are missing or not allowed."""

from __future__ import annotations

import re

from camp2iac.camp.broken_stop import KEY, Stop, in_quotes, lead_of, quoted
from camp2iac.diagnostics import Diagnostic, Fix, Label
from camp2iac.diagnostics.suggest import short

_ELSE = re.compile(r"/|[A-Za-z](?:\s|$)")


def star(stop: Stop) -> Diagnostic | None:
    """A string that begins with ``*`` or ``&``."""
    if "expected alphabetic or numeric" not in stop.problem:
        return None
    line = stop.text(stop.from_line)
    rest = line[stop.from_column :]
    word = re.split(r"\s*(?:#|,\s|[\]}]|$)", rest)[0] or rest[:1]
    meaning = "*NAME is an alias: it repeats the value of an anchor" if word[:1] == "*" else "&NAME defines an anchor"
    return Diagnostic(
        "CAMP101",
        f"a string that begins with {word[:1]} needs quotes: {short(word)}",
        span=stop.span(stop.from_line, stop.from_column, len(word)),
        label="not in quotes",
        notes=(f"in YAML, {meaning}",),
        fixes=in_quotes(stop, stop.from_line, stop.from_column, word),
    )


def start(stop: Stop) -> Diagnostic | None:
    """A string that begins with a character that YAML reserves."""
    if "cannot start any token" not in stop.problem:
        return None
    line = stop.text(stop.line)
    word = re.split(r"\s+#|,\s|[\]}]", line[stop.column :])[0].rstrip()
    if not word or word[0] == "\t":
        return None
    return Diagnostic(
        "CAMP101",
        f"a string that begins with {word[0]} needs quotes: {short(word)}",
        span=stop.span(stop.line, stop.column, len(word)),
        label=f"YAML reserves {word[0]}",
        fixes=in_quotes(stop, stop.line, stop.column, word),
    )


def two_keys(stop: Stop) -> Diagnostic | None:
    """A colon in a value, and ``id: NAME``."""
    if "mapping values are not allowed" not in stop.problem:
        return None
    line = stop.text(stop.line)
    lead = lead_of(line)
    outer = KEY.match(line[lead:])
    if not outer or not outer["rest"] or lead + outer.start("rest") >= stop.column:
        return None
    column = lead + outer.start("rest")
    rest = outer["rest"].split(" #")[0].rstrip()
    key = outer["key"]
    if key == "fulfillment" and rest.startswith("id:"):
        return Diagnostic(
            "CAMP101",
            "id: is followed by a space in a fulfillment",
            span=stop.span(stop.line, column, len(rest)),
            label="with the space, YAML reads id as a key",
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
        f"the value of {short(key)} contains a colon and needs quotes",
        span=stop.span(stop.line, stop.column),
        label="YAML reads the text before this colon as a key",
        help=f"write  {quoted(line, column, rest)}",
        fixes=in_quotes(stop, stop.line, column, rest, sure=False),
    )


def open_quote(stop: Stop) -> Diagnostic | None:
    """A quote that is not closed."""
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
        "a quote is not closed",
        span=stop.span(line, column, len(stop.text(line).rstrip()) - column),
        label="the quote opens here",
        related=()
        if quoted or line == stop.line
        else (Label(stop.span(stop.line, stop.column), "YAML cannot continue here"),),
        help=f"add {quote} at the end of the string",
    )


def _odd_quote(stop: Stop) -> tuple[int, int] | None:
    """The first of the last four lines with an odd number of double quotes."""
    for line in range(max(0, stop.line - 3), stop.line + 1):
        text = re.sub(r"\\.", "__", stop.text(line))
        if text.count('"') % 2 and "'" not in text:
            return line, text.rindex('"')
    return None


def version_range(stop: Stop) -> Diagnostic | None:
    """``[1.6,)``: YAML reads a half-open range as a list that is not closed."""
    if "flow" not in stop.doing:
        return None
    line = stop.text(stop.from_line)
    found = re.compile(r"\[[^\[\](){}]*\)").match(line, stop.from_column)
    if not found:
        return None
    return Diagnostic(
        "CAMP101",
        f"a version range needs quotes: {short(found[0])}",
        span=stop.span(stop.from_line, stop.from_column, len(found[0])),
        label="YAML reads this as the start of a list",
        notes=("in YAML, [ without quotes opens a list, and only ] closes it",),
        fixes=in_quotes(stop, stop.from_line, stop.from_column, found[0]),
    )


def no_colon(stop: Stop) -> Diagnostic | None:
    """A name without a colon, or without a space after it."""
    if "could not find expected ':'" not in stop.problem:
        return None
    line = stop.text(stop.from_line)
    word = line[stop.from_column :].rstrip()
    glued = re.match(r"([\w.-]+):(\S.*)", word)
    return Diagnostic(
        "CAMP101",
        f"a space is missing after the colon: {short(word)}"
        if glued
        else f"a colon is missing after a key: {short(word)}",
        span=stop.span(stop.from_line, stop.from_column, len(word)),
        label="" if glued else "a key needs a colon",
        help="" if glued else "write  KEY: VALUE,  or indent the line if it continues the string above it",
        fixes=_spaced(stop, glued) if glued else (),
    )


def _spaced(stop: Stop, glued: re.Match[str]) -> tuple[Fix, ...]:
    """``name:value`` with a space after the colon. Not sure for a URL (``http://...``), which may be a string, and for
    one letter after the colon (``network:s``), which belongs before it.
    """
    point = stop.span(stop.from_line, stop.from_column + glued.end(1) + 1, 0)
    write = f"{short(glued[1])}: {short(glued[2], 100)}"
    return (Fix(write, point, " ", sure=not _ELSE.match(glued[2])),)


def after_value(stop: Stop) -> Diagnostic | None:
    """Text after a closing quote or bracket."""
    if stop.problem != "did not find expected key":
        return None
    rest = stop.text(stop.line)[stop.column :].rstrip()
    before = stop.text(stop.line)[: stop.column].rstrip()
    if not rest or not before or before[-1] not in "\"'}]":
        return None
    quote = before[-1] in "\"'"
    return Diagnostic(
        "CAMP101",
        f"text follows the closing {before[-1]}: {short(rest)}",
        span=stop.span(stop.line, stop.column, len(rest)),
        label="not part of the string" if quote else "not part of the value",
        help="put the whole string in quotes, and write a quote in it as  ''  in '...'  or as  \\\"  in \"...\""
        if quote
        else f"remove  {short(rest)}",
        fixes=() if quote else (Fix("", stop.span(stop.line, stop.column, len(rest))),),
    )
