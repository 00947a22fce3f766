"""What can be wrong with YAML that is well-formed: keys twice, tags, aliases, sizes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from camp2iac.camp import edits, nodes
from camp2iac.camp.nodes import MappingEntry, Node, Scalar
from camp2iac.camp.scalars import CORE
from camp2iac.diagnostics import Diagnostic, Fix, Label, Span
from camp2iac.diagnostics.suggest import nearest, short

_SECRET = ("pass", "secret", "token", "key", "credential")
_LARGE = "keep data in files of their own and name them with  href:"


def documents(span: Span) -> Diagnostic:
    """A second document in one file; ``span`` is that of its ``---``."""
    return Diagnostic(
        "CAMP104",
        f"{span.file} holds more than one document",
        span=span,
        label="the second begins here",
        help="keep one document in a file: move what follows this line to a file of its own",
    )


def repeats(span: Span, most: int) -> Diagnostic:
    """Aliases that bring more than ``most`` words."""
    return Diagnostic(
        "CAMP107",
        f"{span.file} repeats too much by * and <<",
        span=span,
        label=f"with this, more than {most:,} words",
        help="write out what differs; in a plan, share a service by its id:  fulfillment: id:NAME",
    )


def deep(span: Span, most: int) -> Diagnostic:
    """More than ``most`` levels."""
    return Diagnostic(
        "CAMP107",
        f"{span.file} is nested too deeply",
        span=span,
        label=f"more than {most} levels",
        help="look for brackets or dashes that were repeated by mistake",
    )


def large(span: Span, most: int) -> Diagnostic:
    """More than ``most`` words."""
    return Diagnostic("CAMP107", f"{span.file} is too large: more than {most:,} words", span=span, help=_LARGE)


def key(node: Node) -> Diagnostic:
    """A key that is no word."""
    what = "a name is missing before this colon"
    if not isinstance(node, Scalar):
        what = f"a {'list' if isinstance(node, nodes.Sequence) else 'group in { }'} stands where a name belongs"
    return Diagnostic(
        "CAMP106",
        what,
        span=node.span,
        label="before a colon stands one word",
        help='write  name: value,  and quote a text that has brackets:  "{name}": value',
    )


def merge(key: Scalar, part: Node) -> Diagnostic:
    """``<<`` before something without keys."""
    return Diagnostic(
        "CAMP106",
        "<< takes over the keys of something that has none",
        span=part.span,
        related=(Label(key.span, "this takes over keys"),) if key.span != part.span else (),
        help="name a group of keys that is marked with & before, such as  <<: *defaults",
    )


def tag(span: Span, name: str) -> Diagnostic:
    """A type that only some program understands."""
    shown = short(name.replace(CORE, "!!"))
    binary = shown == "!!binary"
    return Diagnostic(
        "CAMP105",
        f"{shown} gives this a type of its own, which no plan can have",
        span=span,
        notes=("CAMP's data is base64 text already",) if binary else (),
        help=f"leave out  {shown}" + ("" if binary else "  and quote the value if it is a text"),
    )


def dangling(name: str, span: Span, itself: bool, known: Iterable[str]) -> Diagnostic:
    """An alias without its anchor; ``itself``: the anchor is around it."""
    name = short(name)
    if itself:
        return Diagnostic(
            "CAMP108",
            f"*{name} stands inside of what it repeats",
            span=span,
            help="write out what belongs here: nothing can hold itself",
        )
    near = nearest(name, known)
    return Diagnostic(
        "CAMP108",
        f"*{name} repeats something that is not there",
        span=span,
        label=f"nothing before this is marked &{name}",
        fixes=(Fix(f"*{near}", span, f"*{near}"),) if near else (),
        help="" if near else f'to mean the text itself, quote it:  "*{name}"',
    )


def twice(entries: dict[str, MappingEntry], key: str, earlier: Sequence[MappingEntry], flow: bool) -> Diagnostic:
    """A key that stands more than once in one place; ``earlier``: all but the last of its places."""
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
    if isinstance(value, Scalar):
        lines = " lines" if len(earlier) == 1 and earlier[0].key.span.line != last.key.span.line else ""
        remedy = f"keep one of {several}{lines}"
        shown = 0 < len(value.text) <= 40 and value.text.isprintable()
        if shown and not any(word in key.casefold() for word in _SECRET):
            taken = f", {value.text},"
    elif flow:
        remedy = f"keep one of {several}"
    else:
        remedy = f"write  {short(key)}:  once, and put what stands below {several} under it"
    return Diagnostic(
        "CAMP102",
        f"{short(key)} is written {times} in one place",
        span=last.key.span,
        label="and again here",
        related=tuple(Label(one.key.span, "and here" if i else "first here") for i, one in enumerate(earlier)),
        context=() if first.text == key else (first.span,),
        notes=(f"a YAML reader that does not look takes the last one{taken} and says nothing",),
        help=remedy,
        fixes=(edits.lines(last.key.span.file, last.key.span.line, value.span.end_line),) if same and not flow else (),
    )
