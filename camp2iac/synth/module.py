"""A Terraform root module as data.

Values are Python's own (None, bool, int, float, str, tuples, mappings) and four kinds of expressions: :class:`Ref`,
:class:`Expr`, :class:`Template`, :class:`Call`. A ``str`` is always data: writers escape it, so that Terraform gets it
unchanged. Only the four kinds are code. References are separate from the code around them, so that they can be
checked, followed and renamed.

The module decides the order of files, blocks and arguments. Writers decide the layout (alignment, blank lines).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias, Union

from camp2iac.diagnostics import Span
from camp2iac.diagnostics.located import LocatedFloat, LocatedInt, LocatedStr
from camp2iac.record import Record, field
from camp2iac.synth.remarks import Remark
from camp2iac.synth.stream import FileData, whole


class Ref(Record, frozen=True):
    """A reference to a block of this module.

    ``address``: of the block (``openstack_networking_subnet_v2.front``, ``data.TYPE.NAME``, ``var.NAME``,
    ``local.NAME``). ``path``: the code after it (``.cidr``, ``[each.key].id``).
    """

    address: str
    path: str = ""


class Template(Record, frozen=True):
    """A string with values in it: strings (data, escaped) and expressions that Terraform evaluates."""

    parts: tuple[Value, ...]


class Expr(Record, frozen=True):
    """Code: strings are written as they are, values are rendered (a ``Template`` or a mapping becomes a literal).

    Code of several lines is indented relative to its first line, as ``terraform fmt`` would.
    """

    parts: tuple[Union[str, Value], ...]  # noqa: UP007 - the alias is recursive


class Call(Record, frozen=True):
    """A function call. A mapping as the last argument opens on the same line: ``templatefile("x", {``."""

    function: str
    args: tuple[Value, ...]


Value: TypeAlias = (
    "bool | int | float | str | Ref | Expr | Template | Call | Commented"
    " | tuple[Value, ...] | Mapping[str, Value] | None"
)


class Commented(Record, frozen=True):
    """A value of an object with a comment in HCL: at the end of its line, or ``above`` it.

    ``origin``: where the value comes from. A value that only has an origin has an empty comment.
    """

    value: Value
    comment: str
    above: bool = False
    origin: Span | None = None


class Attribute(Record, frozen=True):
    """An argument. ``comment``: lines above it, each with ``#``. ``origin``: where the value comes from."""

    name: str
    value: Value
    comment: Remark = ""
    origin: Span | None = None


class Block(Record, frozen=True):
    """A block, top-level or nested. ``comment``: lines above it, each with ``#``.

    ``first``: the key of the first instance, if the resource has one for each of several things, or is a single
    resource that could have ``for_each``. It is not written: :mod:`camp2iac.synth.moves` needs it.
    """

    type: str
    labels: tuple[str, ...] = ()
    body: tuple[Attribute | Block, ...] = ()
    comment: Remark = ""
    origin: Span | None = None
    first: str = ""

    @property
    def address(self) -> str | None:
        """Its address in references; None if it has none (``terraform``, ``locals``, nested blocks)."""
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
        """The data sources of a check, which only the check can refer to."""
        if self.type == "check":
            yield from (item for item in self.body if isinstance(item, Block) and item.type == "data")

    def get(self, name: str) -> Value:
        """The value of an argument; None if it is not set."""
        for item in self.body:
            if isinstance(item, Attribute) and item.name == name:
                return item.value
        return None


class Module(Record):
    """A root module: file name to blocks, in the order of writing. Empty files are not written.

    ``headers``: the comment at the beginning of a file, each line with ``#``.
    """

    files: dict[str, list[Block]] = field(default_factory=dict)
    headers: dict[str, Remark] = field(default_factory=dict)

    def add(self, file: str, *blocks: Block) -> None:
        """Append blocks to a file."""
        self.files.setdefault(file, []).extend(blocks)

    def blocks(self) -> Iterator[Block]:
        """All top-level blocks."""
        for blocks in self.files.values():
            yield from blocks

    def addresses(self) -> frozenset[str]:
        """Every address that a reference can name."""
        names = {block.address for block in self.blocks()} - {None}
        names |= {data.address for block in self.blocks() for data in block.scoped()}
        for block in self.blocks():
            if block.type == "locals":
                names |= {f"local.{item.name}" for item in block.body if isinstance(item, Attribute)}
        return frozenset(name for name in names if name)


RELEASE = ".camp2iac/release"
"""A document in a copy of content with a digest that Terraform and a release command read. Forges collapse it."""


class Document(Record, frozen=True):
    """A file beside the module: a cloud-init template, a script, a copy of the application's content."""

    path: str
    content: FileData
    executable: bool = False
    origin: Span | None = None

    @property
    def data(self) -> bytes:
        """All bytes at once."""
        return whole(self.content)


# --- short forms ----------------------------------------------------------------------------------------------------


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
    """Arguments in the given order, then ``items``. Arguments that are ``None`` are left out."""
    named = (
        value if isinstance(value, Attribute) else Attribute(name, value)
        for name, value in arguments.items()
        if value is not None
    )
    return (*named, *(item for item in items if item is not None))


def held(item: object) -> tuple[object, ...]:
    """The parts of a value, argument or block, in order. Values without parts have none."""
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
        elif type(item) not in _LEAVES:  # most items are: half of the time of a walk
            waiting.extend(reversed(held(item)))


_LEAVES: frozenset[type] = frozenset((str, int, float, bool, type(None), Ref, LocatedStr, LocatedInt, LocatedFloat))
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
    **dict.fromkeys(_LEAVES, lambda item: ()),
}
