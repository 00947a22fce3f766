"""Errors in YAML that can be parsed: repeated keys, tags, aliases, size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from camp2iac.camp import edits, nodes
from camp2iac.camp.nodes import MappingEntry, Node, Scalar
from camp2iac.camp.scalars import CORE
from camp2iac.diagnostics import Diagnostic, Fix, Label, Span
from camp2iac.diagnostics.suggest import nearest, short

_SECRET = ("pass", "secret", "token", "key", "credential")
_LARGE = "put data in separate files and refer to them with  href: FILE"


def documents(span: Span) -> Diagnostic:
    """A second document in one file; ``span`` is its ``---``."""
    return Diagnostic(
        "CAMP104",
        f"{span.file} contains more than one YAML document",
        span=span,
        label="the second document begins here",
        help="remove this line, or move the text below it to another file",
    )


def repeats(span: Span, most: int) -> Diagnostic:
    """Aliases that add more than ``most`` values."""
    return Diagnostic(
        "CAMP107",
        f"aliases in {span.file} repeat too much",
        span=span,
        label=f"with this alias, more than {most:,} values",
        help="write the values out; to use a service several times, refer to it:  fulfillment: id:NAME",
    )


def deep(span: Span, most: int) -> Diagnostic:
    """More than ``most`` levels."""
    return Diagnostic(
        "CAMP107",
        f"{span.file} is nested too deeply",
        span=span,
        label=f"level {most + 1}; the limit is {most}",
        help="remove brackets or dashes that are repeated by mistake",
    )


def large(span: Span, most: int) -> Diagnostic:
    """More than ``most`` values."""
    return Diagnostic("CAMP107", f"{span.file} is too large: more than {most:,} values", span=span, help=_LARGE)


def key(node: Node) -> Diagnostic:
    """A key that is not a word."""
    what = "a key is missing before a colon"
    if not isinstance(node, Scalar):
        what = f"a {'list' if isinstance(node, nodes.Sequence) else 'mapping'} is used as a key"
    return Diagnostic(
        "CAMP106",
        what,
        span=node.span,
        label="a key must be one word",
        help='write  KEY: VALUE;  put a key with brackets in quotes:  "{name}": VALUE',
    )


def merge(key: Scalar, part: Node) -> Diagnostic:
    """``<<`` with a value that is not a mapping."""
    return Diagnostic(
        "CAMP106",
        "<< merges a value that is not a mapping",
        span=part.span,
        label="this has no keys",
        related=(Label(key.span, "merged by this key"),) if key.span != part.span else (),
        help="write an alias of a mapping:  <<: *defaults",
    )


def tag(span: Span, name: str) -> Diagnostic:
    """A YAML tag."""
    shown = short(name.replace(CORE, "!!"))
    binary = shown == "!!binary"
    return Diagnostic(
        "CAMP105",
        f"YAML tags are not allowed: {shown}",
        span=span,
        label="has a tag",
        notes=("data is always base64 and needs no tag",) if binary else (),
        help=f"remove  {shown}" + ("" if binary else "  and put the value in quotes if it is a string"),
    )


def dangling(name: str, span: Span, itself: bool, known: Iterable[str]) -> Diagnostic:
    """An alias without its anchor. ``itself``: the alias is inside the value of its anchor."""
    name = short(name)
    if itself:
        return Diagnostic(
            "CAMP108",
            f"the alias *{name} is inside the value that it repeats",
            span=span,
            label=f"part of &{name}",
            help="replace the alias with the value that you mean",
        )
    near = nearest(name, known)
    return Diagnostic(
        "CAMP108",
        f"the alias *{name} refers to an anchor that does not exist",
        span=span,
        label=f"no value above this has the anchor &{name}",
        fixes=(Fix(f"*{near}", span, f"*{near}"),) if near else (),
        help="" if near else f'if you mean a string, write  "*{name}"',
    )


def twice(entries: dict[str, MappingEntry], key: str, earlier: Sequence[MappingEntry], flow: bool) -> Diagnostic:
    """A key that is repeated in one mapping; ``earlier``: all except the last."""
    last = entries[key]
    value = last.value
    first = next(iter(entries.values())).key
    times = "twice" if len(earlier) == 1 else f"{len(earlier) + 1} times"
    several = "the two" if len(earlier) == 1 else "them"
    taken = ""
    same = isinstance(value, Scalar) and all(
        isinstance(one.value, Scalar) and one.value.value == value.value and one.value.text == value.text
        for one in earlier
    )
    removable = same and not flow and isinstance(value, Scalar) and not (last.key.anchored or value.anchored)
    if isinstance(value, Scalar):
        lines = " lines" if len(earlier) == 1 and earlier[0].key.span.line != last.key.span.line else ""
        remedy = f"keep one of {several}{lines}"
        shown = 0 < len(value.text) <= 40 and value.text.isprintable()
        if shown and not any(word in key.casefold() for word in _SECRET):
            taken = f", {value.text}"
    elif flow:
        remedy = f"keep one of {several}"
    else:
        remedy = (
            f"write  {short(key)}:  once, and move the contents of {'both' if len(earlier) == 1 else 'all'} under it"
        )
    return Diagnostic(
        "CAMP102",
        f"{short(key)} is written {times} in one mapping",
        span=last.key.span,
        label="again here",
        related=tuple(Label(one.key.span, "and here" if i else "first here") for i, one in enumerate(earlier)),
        context=() if first.text == key else (first.span,),
        notes=(f"many YAML parsers silently use the last one{taken}",),
        help=remedy,
        fixes=(edits.lines(last.key.span.file, last.key.span.line, value.span.end_line),) if removable else (),
    )
