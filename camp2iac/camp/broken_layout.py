"""Broken YAML with a mistake in its layout: indentation and brackets."""

from __future__ import annotations

from camp2iac.camp.broken_stop import KEY, Stop, lead_of, name_of
from camp2iac.diagnostics import Diagnostic, Fix, Label
from camp2iac.diagnostics.suggest import short


def tab(stop: Stop) -> Diagnostic | None:
    """An indentation with tabs."""
    line = stop.text(stop.line)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" not in indent:
        return None
    tabs, spaces = indent.count("\t"), " " in indent
    above = stop.before(stop.line)
    target, place = 0, ""
    if above is not None:
        column = lead_of(stop.text(above))
        opens = stop.text(above).split(" #")[0].rstrip().endswith(":")
        item = line.strip().startswith("- ")
        target = column + 2 if opens else column
        if item and not opens:
            target = len(stop.text(above)) - len(stop.text(above).lstrip(" "))
        relation = "is under" if opens else "is in line with"
        place = f", so that {name_of(line)} {relation} {name_of(stop.text(above))}"
    amount = f"{target} spaces" if target != 1 else "1 space"
    return Diagnostic(
        "CAMP101",
        f"YAML does not allow tabs in indentation: {name_of(line)} is indented with "
        f"{'tabs and spaces' if spaces else 'tabs'}",
        span=stop.span(stop.line, 0, len(indent)),
        label="a tab" if tabs == 1 else f"{tabs} tabs",
        context=() if above is None else (stop.span(above, lead_of(stop.text(above))),),
        help=f"indent it with {amount if target else 'no spaces'}{place}",
        fixes=(Fix("", stop.span(stop.line, 0, len(indent)), " " * target),),
    )


def indent_off(stop: Stop) -> Diagnostic | None:
    """A line whose indentation does not match any line above it."""
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
        item, key = len(text) - len(text.lstrip(" ")), lead_of(text)
        for column in (key, item):
            if column < least and (column == item or KEY.match(text[column:])):
                columns.setdefault(column, above)
        least = min(least, item)
    if not columns or (own in columns and own != 0):
        return None
    best = min(columns, key=lambda column: (abs(column - own), -column))
    above = columns[best]
    kind, expected = ("list item", "-") if line.lstrip().startswith("- ") else ("line", "")
    if own == best:
        what = "a list item is among the keys of a mapping" if expected else "a key is among the items of a list"
        return Diagnostic(
            "CAMP101",
            f"{what}: {name_of(line)}",
            span=stop.span(stop.line, own, len(name_of(line))),
            label="a list item" if expected else "not a list item",
            related=(
                Label(
                    stop.span(stop.from_line, stop.from_column), f"the {'mapping' if expected else 'list'} begins here"
                ),
            ),
            help="indent the item under its key"
            if expected
            else f"write  - {short(line.strip())}  or change the indentation",
            fixes=() if expected else (Fix(f"- {short(line.strip())}", stop.span(stop.line, own, 0), "- "),),
        )
    return Diagnostic(
        "CAMP101",
        f"the indentation of this {kind} does not match the lines above it: {name_of(line)}",
        span=stop.span(stop.line, own, len(name_of(line)) if not expected else 1),
        label=f"{own} space{'s' * (own != 1)}",
        related=(Label(stop.span(above, best, len(name_of(stop.text(above)))), f"{best} space{'s' * (best != 1)}"),),
        help=f"indent it with {best} space{'s' * (best != 1)}, like {name_of(stop.text(above))}",
        fixes=(Fix("", stop.span(stop.line, 0, own), " " * best),),
    )


def open_bracket(stop: Stop) -> Diagnostic | None:
    """A bracket that is not closed."""
    if "flow" not in stop.doing:
        return None
    bracket = stop.text(stop.from_line)[stop.from_column : stop.from_column + 1]
    closing = "}" if bracket == "{" else "]"
    at = () if stop.line >= len(stop.lines) else (Label(stop.span(stop.line, stop.column), "expected before this"),)
    return Diagnostic(
        "CAMP101",
        f"a bracket is not closed: {bracket}",
        span=stop.span(stop.from_line, stop.from_column),
        label=f"a comma or {closing} is missing after this",
        related=at if stop.text(stop.line).strip() else (),
        help=f"close it with {closing}, and separate the items with commas",
    )
