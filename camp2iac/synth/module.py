"""A Terraform root module as data.

Values are Python's own (None, bool, int, float, str, tuples, dicts) plus four kinds of expression: :class:`Ref`,
:class:`Expr`, :class:`Template`, :class:`Call`. A ``str`` is always *data*: whatever it holds arrives literally, the
writers escape it. Code is only what is said to be code. References are kept apart from the code around them, so that
they can be checked, followed and renamed.

How it looks (alignment, blank lines, one line or several) is the writers' business, by fixed rules; the order of files,
blocks and arguments is the module's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias, Union

from camp2iac.diagnostics import Span
from camp2iac.record import Record, field


class Ref(Record, frozen=True):
    """A reference to a block of this module.

    ``address`` is the block's (``openstack_networking_subnet_v2.front``, ``data.TYPE.NAME``, ``var.NAME``,
    ``local.NAME``); ``path`` what follows, as code (``.cidr``, ``[each.key].id``).
    """

    address: str
    path: str = ""


class Template(Record, frozen=True):
    """A string with parts that Terraform fills in: text (data, escaped) and values."""

    parts: tuple[Value, ...]


class Expr(Record, frozen=True):
    """Code: text as it stands, and values rendered in place (a ``Template`` or a dict becomes a literal).

    Text may have several lines, indented relative to the first as ``terraform fmt`` would.
    """

    parts: tuple[Union[str, Value], ...]  # noqa: UP007 - the alias is recursive


class Call(Record, frozen=True):
    """A function call. A dict as the last argument opens on the same line: ``templatefile("x", {``."""

    function: str
    args: tuple[Value, ...]


Value: TypeAlias = (
    "bool | int | float | str | Ref | Expr | Template | Call | Commented"
    " | tuple[Value, ...] | Mapping[str, Value] | None"
)


class Commented(Record, frozen=True):
    """A value of an object with a comment, when written as HCL: behind it on its line, or ``above`` it, on its own.

    ``origin`` is where the value comes from; without a comment it is all that this tells.
    """

    value: Value
    comment: str
    above: bool = False
    origin: Span | None = None


class Attribute(Record, frozen=True):
    """An argument. ``comment`` stands above it, one ``#`` a line; ``origin`` is where its value comes from."""

    name: str
    value: Value
    comment: str = ""
    origin: Span | None = None


class Block(Record, frozen=True):
    """A block, top-level or nested. ``comment`` stands above it, one ``#`` a line.

    ``first``: of a resource that is one for each of several things, or the only one without ``for_each``: the key of
    the first. Not written; what must know it is :mod:`camp2iac.synth.moves`.
    """

    type: str
    labels: tuple[str, ...] = ()
    body: tuple[Attribute | Block, ...] = ()
    comment: str = ""
    origin: Span | None = None
    first: str = ""

    @property
    def address(self) -> str | None:
        """How others refer to it; None for what has no address (``terraform``, ``locals``, nested blocks)."""
        match self.type, self.labels:
            case "resource", (type_, name):
                return f"{type_}.{name}"
            case "data", (type_, name):
                return f"data.{type_}.{name}"
            case "variable", (name,):
                return f"var.{name}"
            case ("output" | "provider" | "module" | "check") as kind, (name,):
                return f"{kind}.{name}"
        return None

    def scoped(self) -> Iterator[Block]:
        """The data sources of a check, which it alone refers to."""
        if self.type == "check":
            yield from (item for item in self.body if isinstance(item, Block) and item.type == "data")

    def get(self, name: str) -> Value:
        """The value of an argument; None where there is none."""
        for item in self.body:
            if isinstance(item, Attribute) and item.name == name:
                return item.value
        return None


class Module(Record):
    """A root module: file name to blocks, in the order of writing. Empty files are not written.

    ``headers``: the comment that a file begins with, one ``#`` a line.
    """

    files: dict[str, list[Block]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def add(self, file: str, *blocks: Block) -> None:
        """Append blocks to a file."""
        self.files.setdefault(file, []).extend(blocks)

    def blocks(self) -> Iterator[Block]:
        """All top-level blocks."""
        for blocks in self.files.values():
            yield from blocks

    def addresses(self) -> frozenset[str]:
        """Every address that a reference may name."""
        names = {block.address for block in self.blocks()} - {None}
        names |= {data.address for block in self.blocks() for data in block.scoped()}
        for block in self.blocks():
            if block.type == "locals":
                names |= {f"local.{item.name}" for item in block.body if isinstance(item, Attribute)}
        return frozenset(name for name in names if name)


class Document(Record, frozen=True):
    """A file beside the module: a cloud-init template, a script, a copy of the application's content."""

    path: str
    data: bytes
    executable: bool = False
    origin: Span | None = None


# --- short ways to write it down ------------------------------------------------------------------------------------


def ref(address: str, path: str = "") -> Ref:
    """``ref("var.web_count")``; ``ref("openstack_networking_port_v2.web", "[each.key].id")``."""
    return Ref(address, path)


def expr(*parts: str | Value) -> Expr:
    """``expr("cidrhost(", ref("...", ".cidr"), ", 17)")``."""
    return Expr(parts)


def template(*parts: Value) -> Template:
    """``template("http://", ref("...", ".address"))``."""
    return Template(parts)


def call(function: str, *args: Value) -> Call:
    """``call("merge", ref("local.metadata"), {"tier": "web"})``."""
    return Call(function, args)


def body(*items: Attribute | Block | None, **arguments: Value | Attribute) -> tuple[Attribute | Block, ...]:
    """Arguments in the order given, then ``items``; an argument that is None is left out."""
    named = (
        value if isinstance(value, Attribute) else Attribute(name, value)
        for name, value in arguments.items()
        if value is not None
    )
    return (*named, *(item for item in items if item is not None))


def held(item: object) -> tuple[object, ...]:
    """What a value, argument or block is made of, in order; nothing where it has no parts."""
    parts = _HELD.get(type(item))
    if parts is not None:
        return parts(item)
    return tuple(item.values()) if isinstance(item, Mapping) else ()


def walk(value: Value | Attribute | Block | Commented) -> Iterator[Ref]:
    """Every reference in a value, argument or block, in order."""
    waiting: list[object] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Ref):
            yield item
        else:
            waiting.extend(reversed(held(item)))


# By type: a large module is walked several times.
_HELD: dict[type, Callable[[Any], tuple[object, ...]]] = {
    Attribute: lambda item: (item.value,),
    Commented: lambda item: (item.value,),
    Template: lambda item: item.parts,
    Expr: lambda item: item.parts,
    Call: lambda item: item.args,
    Block: lambda item: item.body,
    tuple: lambda item: item,
    dict: lambda item: tuple(item.values()),
    **dict.fromkeys((str, int, float, bool, type(None), Ref), lambda item: ()),
}
