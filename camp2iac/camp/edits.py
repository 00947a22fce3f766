"""Fixes of words in YAML: what takes the place of what is written, quoted where YAML would read something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.camp.scalars import resolve
from camp2iac.diagnostics import Fix, Span
from camp2iac.diagnostics.suggest import nearest

_PLAIN = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./:+@%()-]*(?: [A-Za-z0-9_./()]+)*")
_BOOLEANS = {
    **dict.fromkeys(("y", "t", "enabled", "yes", "on", "true"), "true"),
    **dict.fromkeys(("n", "f", "disabled", "no", "off", "false"), "false"),
}
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_LEAST = 5  # letters of a name of the user's own in which a slip is told from another name


def word(text: str) -> str:
    """A text as a YAML scalar that means it, wherever it stands."""
    if _PLAIN.fullmatch(text) and not (text + " ").count(": ") and isinstance(resolve(text), str):
        return text
    return _in_quotes(text)


def _in_quotes(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())


def misspelt(written: str, meant: str) -> bool:
    """Whether one of CAMP's, the profile's or the catalogue's words can only be a slip for another: digits differ for a
    reason (``m1.small``, ``m2.small``).
    """
    return re.findall(r"\d+", written) == re.findall(r"\d+", meant)


def same_name(written: str, meant: str) -> bool:
    """The same of a name that the user chose; short ones (``api``, ``app``) may be two."""
    alike = written.casefold() == meant.casefold()
    return alike or (misspelt(written, meant) and min(len(written), len(meant)) >= _LEAST)


def key(span: Span, written: str, meant: str | None, *, sure: bool = True) -> tuple[Fix, ...]:
    """A key that is misspelt; none where nothing is near. ``sure``: nothing else is called so already."""
    if meant is None:
        return ()
    return (Fix(f"{meant}:", span, word(meant), sure=sure and misspelt(written, meant)),)


def quoted(node: Node, write: str, *, sure: bool = True) -> tuple[Fix, ...]:
    """A word that YAML takes for a number, a date, true or false, put into quotes; none for what is no such word."""
    if not isinstance(node, Scalar) or isinstance(node.value, str) or node.value is None:
        return ()
    if node.span.line != node.span.end_line or len(node.text) != node.span.end_column - node.span.column:
        return ()  # written with a tag, or by an alias
    return (Fix(write, node.span, _in_quotes(node.text), sure=sure),)


def value(span: Span, meant: str | None, *, sure: bool, write: str = "") -> tuple[Fix, ...]:
    """A value that is to be ``meant``, a text; ``write``: as the help shows it, if it is more (``size: small``)."""
    return () if meant is None else (Fix(write or meant, span, word(meant), sure=sure),)


def type_(span: Span, name: str, written: str, meant: str | None) -> tuple[Fix, ...]:
    """A type that is misspelt, the value of the key ``name``; none where nothing is near."""
    return value(span, meant, sure=meant is not None and misspelt(written, meant), write=f"{name}: {meant}")


def either(span: Span, name: str, meant: Iterable[str], *, sure: bool) -> tuple[Fix, ...]:
    """The value of a key that is to be one of several texts; ``sure``: that it is the one, where it is one."""
    known = list(meant)
    return tuple(Fix(f"{name}: {each}", span, word(each), sure=sure and len(known) == 1) for each in known)


def part(span: Span | None, written: str, meant: str | None, write: str = "") -> tuple[Fix, ...]:
    """A name of the user's, alone or in a longer word (``id:NAME``, ``IP(NAME)``). Where it stands in no file, and for
    one that may need quotes, it is only shown.
    """
    if meant is None:
        return ()
    if span is None or span.line != span.end_line or not _NAME.fullmatch(meant):
        return (Fix(write or meant),)
    return (Fix(write or meant, span, meant, sure=same_name(written, meant), expects=written),)


def before(place: Span, line: str) -> tuple[Fix, ...]:
    """A line to write above what begins a line; none where something stands before it."""
    return (Fix(line, place.start, f"{line}\n"),) if place.column == 1 else ()


def exactly(span: Span | None, written: str, meant: str | None) -> tuple[Fix, ...]:
    """A text without quotes that is certainly to be ``meant``, where it stands as it is at the span."""
    if meant is None:
        return ()
    return (Fix(meant, span, word(meant), sure=span is not None, expects=written),)


def without(node: Mapping, name: str, *, sure: bool) -> tuple[Fix, ...]:
    """An entry of a block of keys, taken out with its lines; none where that is not so easy: for the first key, that
    may stand behind a dash, and between braces.
    """
    entry = node.entries[name]
    begin, end = entry.key.span, entry.value.span
    ends = [(other.value.span.end_line, other.value.span.end_column) for other in node.entries.values()]
    in_braces = max(ends) != (node.span.end_line, node.span.end_column)
    if in_braces or next(iter(node.entries)) == name:
        return ()
    return (lines(begin.file, begin.line, end.end_line, sure=sure),)


def without_item(given: Sequence, index: int, *, sure: bool) -> tuple[Fix, ...]:
    """An item of a list, not the first, taken out with its line, or with the comma before it."""
    earlier, item = given.items[index - 1].span, given.items[index].span
    last = given.items[-1].span
    in_brackets = (given.span.end_line, given.span.end_column) != (last.end_line, last.end_column)
    if in_brackets and earlier.end_line == item.line:
        gone = Span(item.file, earlier.end_line, earlier.end_column, item.end_line, item.end_column)
        return (Fix("", gone, sure=sure),)
    if in_brackets or earlier.end_line >= item.line:
        return ()
    return (lines(item.file, item.line, item.end_line, sure=sure),)


def boolean(text: str) -> str | None:
    """``true`` or ``false`` for a word that YAML takes for neither: ``y``, ``Flase``, ``enabled``."""
    folded = text.strip().casefold()
    if folded in _BOOLEANS:
        return _BOOLEANS[folded]
    near = nearest(folded, ("true", "false"))
    return near if near is not None and len(folded) >= len(near) - 1 else None


def unquoted(node: Node, write: str) -> tuple[Fix, ...]:
    """A number, true or false in quotes, which make it a text, without them; none for what is none."""
    if not isinstance(node, Scalar) or not node.quoted or not isinstance(resolve(node.text), (int, float)):
        return ()
    return (Fix(write, node.span, node.text, sure=True),)


def lines(file: str, first: int, last: int, *, sure: bool = True) -> Fix:
    """Whole lines, taken out."""
    return Fix("", Span(file, first, 1, last + 1, 1), "", sure=sure)
