"""What decides whether Terraform keeps or replaces a resource, as digests, so that two outputs can be compared.

Terraform replaces a resource when an argument that its provider cannot change in place (:mod:`.force_new`) gets a new
value. Only Terraform knows the value. This module follows the expression to what is written: through locals, defaults
of variables, data sources, documents, and the resources that it refers to.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from camp2iac.record import Record, replace
from camp2iac.synth.force_new import Replacing
from camp2iac.synth.impact import ignored_arguments, replacing_items, scripts, words
from camp2iac.synth.module import (
    Attribute,
    Block,
    Call,
    Commented,
    Document,
    Expr,
    Module,
    Ref,
    Template,
    Value,
    walk,
)

_SEPARATOR = "\0"
_LENGTH = 12  # hexadecimal digits: enough to distinguish two versions of one thing
_INDEX = re.compile(r"\[[^\]]*\]")
_ATTRIBUTE = re.compile(r"(?:\[[^\]]*\])*\.(\w+)")
_GENERATED = "cloud-init/"  # generated documents; the others are the application's content
#: attributes that the provider computes, and the arguments that decide them
_COMPUTED = {"all_fixed_ips": "fixed_ip"}

Item = Attribute | Block


class Identity(Record, frozen=True):
    """The identity of a resource, as digests.

    ``exact``: arguments that decide whether it is replaced, to their values. ``loose``: the same without instance keys,
    so that it stays the same when a resource gets or loses ``for_each``. ``ignored``: the list of ``ignore_changes``.
    ``parts``: argument, address or document to what is written there: the reasons why an argument differs.
    """

    exact: Mapping[str, str]
    loose: Mapping[str, str]
    ignored: tuple[str, ...]
    parts: Mapping[str, str]


def identities(
    module: Module, documents: Sequence[Document], addresses: Iterable[str], replacing: Replacing
) -> Mapping[str, Identity]:
    """The identity of each resource. ``replacing``: the arguments that decide."""
    exact = _Follower(module, documents, replacing)
    loose = _Follower(module, documents, replacing, loose=True)
    return {
        address: Identity(
            exact.arguments(address), loose.arguments(address), exact.ignored(address), exact.parts(address)
        )
        for address in addresses
    }


class _Follower:
    """Follows values through one module."""

    def __init__(
        self, module: Module, documents: Sequence[Document], replacing: Replacing, *, loose: bool = False
    ) -> None:
        self._replacing = replacing
        self._loose = loose
        self._blocks = {block.address: block for block in module.blocks() if block.address}
        self._locals = {
            f"local.{item.name}": item
            for block in module.blocks()
            if block.type == "locals"
            for item in block.body
            if isinstance(item, Attribute)
        }
        self._documents = {document.path: document for document in documents}
        self._known: dict[str, str] = {}
        self._inline: dict[str, str] = {}
        self._decide: dict[str, tuple[Item, ...]] = {}

    def arguments(self, address: str) -> Mapping[str, str]:
        """Arguments that decide whether a resource is replaced, to the digests of their values."""
        found: dict[str, list[Item]] = {}
        for item in self._deciding(address):
            found.setdefault(_name(item), []).append(item)
        return {name: _digest(token for item in items for token in self._tokens(item)) for name, items in found.items()}

    def ignored(self, address: str) -> tuple[str, ...]:
        """What ``ignore_changes`` of a resource lists, whether the resource sets it or not."""
        return tuple(sorted(ignored_arguments(self._blocks[address])))

    def parts(self, address: str) -> Mapping[str, str]:
        """What is written at each place that affects the resource: see :class:`Identity`."""
        found: dict[str, str] = {}
        waiting: list[tuple[str, Sequence[Item]]] = [(_name(item), (item,)) for item in self._deciding(address)]
        while waiting:
            name, items = waiting.pop()
            if name in found:
                continue
            found[name] = _digest(token for item in items for token in self._tokens(item, follow=False))
            for item in items:
                waiting += [(self._part(each), tuple(self._definition(each))) for each in walk(item)]
                for path in self._paths(item):
                    found[path] = self._document(path)
        return dict(sorted(found.items()))

    def _deciding(self, address: str) -> tuple[Item, ...]:
        if address not in self._decide:
            self._decide[address] = self._find_deciding(self._blocks[address])
        return self._decide[address]

    def _find_deciding(self, block: Block) -> tuple[Item, ...]:
        ignored = frozenset(_INDEX.sub("", name) for name in ignored_arguments(block))
        return tuple(_without(item, ignored) for item in replacing_items(block, self._replacing))

    def _part(self, reference: Ref) -> str:
        """What a reference names: an address, with the attribute if its own value matters."""
        named = self._attribute(reference)
        return f"{reference.address}.{named[0]}" if named else reference.address

    def _attribute(self, reference: Ref) -> tuple[str, ...]:
        """The arguments that decide the attribute that a reference reads. Usually there are none."""
        block, named = self._blocks.get(reference.address), _ATTRIBUTE.match(reference.path)
        if block is None or block.type != "resource" or named is None:
            return ()
        wanted = (named[1], _COMPUTED.get(named[1], ""))
        return tuple(dict.fromkeys(name for item in block.body if (name := _name(item)) in wanted))

    def _definition(self, reference: Ref) -> Iterator[Item]:
        """What is written about the target of a reference, as far as the reference depends on it."""
        address = reference.address
        if address in self._locals:
            yield self._locals[address]
            return
        block = self._blocks.get(address)
        if block is None:
            return
        if block.type == "variable":
            yield Attribute("default", block.get("default"))
        elif block.type == "resource":
            ignored, deciding = self.ignored(address), self._deciding(address)
            wanted = self._attribute(reference)
            # A name that is changed in place stays the same, even if its resource is replaced for another reason.
            named = wanted == ("name",) and all(_name(item) != "name" for item in deciding)
            if not named:
                yield from (item for item in deciding if _name(item) not in ignored)
            yield from (item for item in block.body if _name(item) in wanted)
        else:
            yield from (item for item in block.body if _name(item) != "lifecycle")

    def _remembered(self, key: str, items: Sequence[Item]) -> str:
        if key not in self._known:
            self._known[key] = ""  # a circle refers to it while it is followed
            self._known[key] = _digest(token for item in items for token in self._tokens(item))
        return self._known[key]

    def _tokens(self, value: Value | Item, follow: bool = True) -> Iterator[str]:
        match value:
            case Ref():
                yield from self._reference(value, follow)
            case str():
                yield repr(value)
            case None | bool() | int() | float():
                yield repr(value)
            case Commented():
                yield from self._tokens(value.value, follow)
            case Expr():
                for code in value.parts:
                    if not isinstance(code, str):
                        yield from self._tokens(code, follow)
                    elif not self._loose:
                        yield code
            case Mapping():
                yield "{"
                for key in sorted(value):
                    yield f"{key!r}:"
                    yield from self._tokens(value[key], follow)
                yield "}"
            case Attribute():
                yield f"{value.name}="
                yield from self._tokens(value.value, follow)
            case Template((Expr(("path.module",)), *rest)):
                # The content of the file matters, not its path. Digests of content are in locals.
                path = "".join(part for part in rest if isinstance(part, str)).lstrip("/")
                yield "path.module"
                if follow and path.startswith(_GENERATED) and path in self._documents:
                    yield self._document(path)
            case Block() | Template() | Call() | tuple():
                yield f"{_name(value)}("
                for part in _inner(value):
                    yield from self._tokens(part, follow)
                    yield ","
                yield ")"

    def _reference(self, reference: Ref, follow: bool) -> Iterator[str]:
        address, path = reference.address, reference.path
        if self._loose:
            path = _INDEX.sub("", path)
        if follow and address in self._locals:  # a local is its value, whatever its name and place
            if address not in self._inline:
                self._inline[address] = ""
                self._inline[address] = _SEPARATOR.join(self._tokens(self._locals[address].value))
            yield self._inline[address]
            if path:
                yield path
            return
        yield f"{address}{path}"
        if follow:
            key = f"{address}{path}"
            yield self._known[key] if key in self._known else self._remembered(key, tuple(self._definition(reference)))

    def _document(self, path: str) -> str:
        key = f"document {path}"
        if key not in self._known:
            own = hashlib.sha256(self._documents[path].data).hexdigest()
            self._known[key] = _digest([own, *map(self._document, self._scripts(path))])
        return self._known[key]

    def _scripts(self, path: str) -> list[str]:
        """The documents that a template includes."""
        names = scripts(self._documents[path].data) if path.endswith(".tftpl") else []
        return sorted({each for name in names if (each := f"cloud-init/{name}") in self._documents})

    def _paths(self, item: Item) -> Iterator[str]:
        for path in words(item):
            if path in self._documents and path.startswith(_GENERATED):
                yield path
                yield from self._scripts(path)


def _without(item: Item, ignored: frozenset[str]) -> Item:
    """A nested block without its ignored arguments (``block_device.uuid``)."""
    if isinstance(item, Attribute):
        return item
    return replace(item, body=tuple(each for each in item.body if f"{item.type}.{_name(each)}" not in ignored))


def _inner(value: Block | Template | Call | tuple[Value, ...]) -> Iterable[Value | Item]:
    match value:
        case Block():
            return value.body
        case Template():
            return value.parts
        case Call():
            return value.args
    return value


def _name(value: object) -> str:
    match value:
        case Attribute():
            return value.name
        case Block():
            return value.type
        case Call():
            return value.function
        case Template():
            return "template"
    return ""


def _digest(tokens: Iterable[str]) -> str:
    return hashlib.sha256(_SEPARATOR.join(tokens).encode()).hexdigest()[:_LENGTH]
