"""Fixes for YAML: what replaces a value or key, in quotes if YAML would read it differently without."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.camp.scalars import resolve
from camp2iac.camp.schema_keywords import misread
from camp2iac.diagnostics import Fix, Span
from camp2iac.diagnostics.suggest import nearest
from camp2iac.record import replace

_PLAIN = r"[A-Za-z0-9_./][A-Za-z0-9_./:+@%()-]*(?: [A-Za-z0-9_./()]+)*"
_BOOLEANS = {
    **dict.fromkeys(("y", "t", "enabled", "yes", "on", "true"), "true"),
    **dict.fromkeys(("n", "f", "disabled", "no", "off", "false"), "false"),
}
_NAME = r"[A-Za-z0-9_.-]+"
_LEAST = 5  # characters from which a similar name is a typo, not another name of the user's


def word(text: str) -> str:
    """A string as a YAML scalar that has this value anywhere."""
    if re.fullmatch(_PLAIN, text) and not (text + " ").count(": ") and isinstance(resolve(text), str):
        return text
    return _in_quotes(text)


def _in_quotes(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())


def misspelt(written: str, meant: str) -> bool:
    """Whether a word can only be a typo for a word of CAMP, the profile or the catalogue. If digits differ, it is not
    (``m1.small``, ``m2.small``).
    """
    return re.findall(r"\d+", written) == re.findall(r"\d+", meant)


def same_name(written: str, meant: str) -> bool:
    """The same for a name that the user chose; short names (``api``, ``app``) can be two different ones."""
    alike = written.casefold() == meant.casefold()
    return alike or (misspelt(written, meant) and min(len(written), len(meant)) >= _LEAST)


def key(span: Span, written: str, meant: str | None, *, sure: bool = True) -> tuple[Fix, ...]:
    """A fix for a misspelt key; none if no key is similar. ``sure``: the mapping does not have the right key yet.

    A key in quotes keeps them: in braces, ``{"nam":x}`` needs them.
    """
    if meant is None:
        return ()
    there = _exact(span, written)
    text = word(meant) if there in (None, span) else _in_quotes(meant)
    return (Fix(f"{meant}:", span, text, sure=sure and misspelt(written, meant)),)


def rewritten(node: Node, write: str, text: str, *, sure: bool) -> tuple[Fix, ...]:
    """Replace a value with its tag: after ``!!int``, a string in quotes is still a number. The anchor stays; none if it
    is between the tag and the value.
    """
    span = node.span
    if isinstance(node, Scalar) and (tag := node.tag) is not None:
        if node.anchored and (tag.end_line, tag.end_column + 1) != (span.line, span.column):
            return ()
        span = Span(span.file, tag.line, tag.column, span.end_line, span.end_column)
    return (Fix(write, span, text, sure=sure),)


def quoted(node: Node, write: str, *, sure: bool = True) -> tuple[Fix, ...]:
    """Put a value in quotes that YAML reads as a number, a date or a boolean; none for other values and aliases."""
    if not isinstance(node, Scalar) or isinstance(node.value, str) or node.value is None or node.alias:
        return ()
    return rewritten(node, write, _in_quotes(node.text.strip()), sure=sure)


def value(span: Span, meant: str | None, *, sure: bool, write: str = "") -> tuple[Fix, ...]:
    """Replace a value with the string ``meant``; ``write``: what the help shows, if different (``size: small``)."""
    return () if meant is None else (Fix(write or meant, span, word(meant), sure=sure),)


def type_(span: Span, name: str, written: str, meant: str | None) -> tuple[Fix, ...]:
    """A fix for a misspelt type, the value of the key ``name``; none if no type is similar."""
    return value(span, meant, sure=meant is not None and misspelt(written, meant), write=f"{name}: {meant}")


def either(span: Span, name: str, meant: Iterable[str], *, sure: bool) -> tuple[Fix, ...]:
    """Replace the value of a key with one of several strings. ``sure``: if it is only one, it is right."""
    known = list(meant)
    return tuple(Fix(f"{name}: {each}", span, word(each), sure=sure and len(known) == 1) for each in known)


def part(span: Span | None, written: str, meant: str | None, write: str = "") -> tuple[Fix, ...]:
    """Replace a name of the user's, also inside a longer string (``id:NAME``, ``IP(NAME)``). Only shown, not an edit,
    if it is not in a file or may need quotes.
    """
    if meant is None:
        return ()
    there = _exact(span, written)
    if there is None or not re.fullmatch(_NAME, meant):
        return (Fix(write or meant),)
    return (Fix(write or meant, there, meant, sure=same_name(written, meant), expects=written),)


def _exact(span: Span | None, written: str) -> Span | None:
    """The place of a string in its span, which can have quotes around it. None if the file has it in another form: with
    escapes, on several lines, or as an alias.
    """
    if span is None or span.line != span.end_line:
        return None
    around = span.end_column - span.column - len(written)
    if around == 0:
        return span
    return Span(span.file, span.line, span.column + 1, span.line, span.end_column - 1) if around == 2 else None


def before(place: Span, line: str) -> tuple[Fix, ...]:
    """Insert a line above ``place``; none if ``place`` is not at the beginning of a line."""
    return (Fix(line, place.start, f"{line}\n"),) if place.column == 1 else ()


def exactly(span: Span | None, written: str, meant: str | None) -> tuple[Fix, ...]:
    """Replace text with ``meant``, if it is exactly ``written``. Always sure if there is such a place."""
    if meant is None:
        return ()
    there = _exact(span, written)
    return (Fix(meant, there, word(meant) if there == span else meant, sure=there is not None, expects=written),)


def without(node: Mapping, name: str, *, sure: bool) -> tuple[Fix, ...]:
    """Remove an entry of a mapping with its lines. None if that is not simple: the first key, which can be after a
    dash, and mappings in braces.
    """
    entry = node.entries[name]
    begin, end = entry.key.span, entry.value.span
    ends = [(other.value.span.end_line, other.value.span.end_column) for other in node.entries.values()]
    in_braces = max(ends) != (node.span.end_line, node.span.end_column)
    if in_braces or next(iter(node.entries)) == name:
        return ()
    return (lines(begin.file, begin.line, end.end_line, sure=sure),)


def without_item(given: Sequence, index: int, *, sure: bool) -> tuple[Fix, ...]:
    """Remove an item of a list, not the first, with its line or the comma before it. None if other places repeat it
    (``&name``), or if its dash can be on another line.
    """
    removed = given.items[index]
    if isinstance(removed, Scalar) and removed.anchored:
        return ()
    earlier, item = given.items[index - 1].span, removed.span
    last = given.items[-1].span
    in_brackets = (given.span.end_line, given.span.end_column) != (last.end_line, last.end_column)
    if in_brackets and earlier.end_line == item.line:
        gone = Span(item.file, earlier.end_line, earlier.end_column, item.end_line, item.end_column)
        return (Fix("", gone, sure=sure),)
    if in_brackets or earlier.end_line + 1 != item.line:
        return ()
    return (lines(item.file, item.line, item.end_line, sure=sure),)


def boolean(text: str) -> str | None:
    """``true`` or ``false`` for a word that YAML reads as a string: ``y``, ``Flase``, ``enabled``."""
    folded = text.strip().casefold()
    if folded in _BOOLEANS:
        return _BOOLEANS[folded]
    near = nearest(folded, ("true", "false"))
    return near if near is not None and len(folded) >= len(near) - 1 else None


def unquoted(node: Node, write: str) -> tuple[Fix, ...]:
    """Remove the quotes or the tag of a number or boolean, which make it a string; none for other values."""
    if not isinstance(node, Scalar) or not isinstance(resolve(node.text), (int, float)):
        return ()
    if not (node.quoted or node.tag) or misread(replace(node, value=resolve(node.text))):
        return ()
    return rewritten(node, write, node.text.strip(), sure=True)


def lines(file: str, first: int, last: int, *, sure: bool = True) -> Fix:
    """Remove whole lines."""
    return Fix("", Span(file, first, 1, last + 1, 1), "", sure=sure)
