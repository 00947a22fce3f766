"""The graph of an output: what each resource, local, variable and document is, and what it refers to.

It is what decides what Terraform plans when one output follows another (:mod:`camp2iac.review.difference.effects`).
Values are digests of skeletons (:mod:`.skeleton`), and references are by name, so that a difference can be followed to
its cause.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from camp2iac.record import Record, field
from camp2iac.synth.force_new import Replacing, nested, replaces
from camp2iac.synth.instances import entries
from camp2iac.synth.module import RELEASE, Attribute, Block, Document, Expr, Module, Ref, Value
from camp2iac.synth.skeleton import HOLE, Skeleton, SkeletonScope
from camp2iac.synth.stream import sha256

_LENGTH = 10
_META = frozenset({"for_each", "count", "depends_on", "provider", "lifecycle", "timeouts"})
_GENERATED = "cloud-init/"
_SCRIPT = re.compile(rb'\$\{scripts\}/([^"]+\.(?:sh|py))"')

FORCES = "!"
"""The end of an argument's name in a graph if a new value replaces the resource."""


class Item(Record, frozen=True):
    """A value. ``text``: the digest of its skeleton, or the skeleton if it depends on the instance (``‹each.key›``).

    ``references``: addresses with paths (``local.web_content``), and paths of documents, in the skeleton's order.
    """

    text: str
    references: tuple[str, ...] = ()


class Node(Record, frozen=True):
    """A resource, data source, local, variable or document.

    ``items``: arguments of a resource, entries of an object or of a list, otherwise the value with the name ``""``.
    ``forces``: the arguments whose change replaces it. ``ignored``: what ``ignore_changes`` lists. ``keys``: the keys
    of its instances: the name of a set in the graph, empty if there is one instance. ``triggers``: what
    ``replace_triggered_by`` lists.
    """

    items: Mapping[str, Item]
    forces: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    keys: str = ""
    triggers: tuple[str, ...] = ()


class Graph(Record, frozen=True):
    """``nodes``: by name. ``sets``: for each set of instances, key to its value as JSON, or fields of its value.

    ``moves``: addresses of ``moved`` blocks. ``reruns``: see ``Lowered.reruns``.
    """

    nodes: Mapping[str, Node] = field(default_factory=dict)
    sets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    moves: tuple[tuple[str, str], ...] = ()
    reruns: Mapping[str, str] = field(default_factory=dict)


def graph(
    module: Module,
    documents: Sequence[Document] = (),
    replacing: Replacing = MappingProxyType({}),
    reruns: Mapping[str, str] = MappingProxyType({}),
) -> Graph:
    """The graph of a module with the documents beside it."""
    return _GraphBuilder(module, documents, replacing).graph(reruns)


class _GraphBuilder:
    def __init__(self, module: Module, documents: Sequence[Document], replacing: Replacing) -> None:
        self._module, self._replacing = module, replacing
        self._documents = {document.path: document for document in documents}
        self._locals = {
            f"local.{item.name}": item.value
            for block in module.blocks()
            if block.type == "locals"
            for item in block.body
            if isinstance(item, Attribute)
        }
        self._variables = {block.address: block.get("default") for block in module.blocks() if block.type == "variable"}
        self._folders: dict[str, list[str]] = {}
        for path in self._documents:
            top, _, rest = path.partition("/")
            if top == "build" and rest:
                self._folders.setdefault(f"build/{rest.partition('/')[0]}", []).append(path)
        self._used: set[str] = set()
        self._items: dict[Item, Item] = {}
        self._names: dict[frozenset[str], frozenset[str]] = {}
        self._scope = SkeletonScope(lambda name: self._locals.get(name), self._path)
        self._sets: dict[str, Mapping[str, str]] = {}

    def graph(self, reruns: Mapping[str, str]) -> Graph:
        nodes: dict[str, Node] = {}
        moves: list[tuple[str, str]] = []
        for block in self._module.blocks():
            match block.type:
                case "resource" | "data":
                    nodes[block.address or ""] = self._resource(block)
                case "variable":
                    nodes[block.address or ""] = Node({"": self._item(block.get("default"))})
                case "moved":
                    moves.append((_address(block.get("from")), _address(block.get("to"))))
        nodes |= {name: self._local(value) for name, value in self._locals.items()}
        nodes |= self._files()
        return Graph(nodes, self._sets, tuple(moves), dict(reruns))

    def _resource(self, block: Block) -> Node:
        type_ = block.labels[0]
        grouped: dict[str, list[Attribute | Block]] = {}
        ignored = frozenset(_ignored(block)) if block.type == "resource" else frozenset()
        for item in block.body:
            name = item.name if isinstance(item, Attribute) else item.type
            if name not in _META:
                for part, piece in self._divided(type_, name, item):
                    grouped.setdefault(part, []).append(piece)
        items = {name: self._argument(found, ignored) for name, found in grouped.items()}
        forces = frozenset(
            name for name in items if block.type == "resource" and replaces(self._replacing, type_, name)
        )
        forces, ignored = (self._names.setdefault(each, each) for each in (forces, ignored))
        return Node(items, forces, ignored, self._keys(block), tuple(_triggers(block)))

    def _divided(self, type_: str, name: str, item: Attribute | Block) -> Iterator[tuple[str, Attribute | Block]]:
        """An argument; of a block, those in it that force a replacement, by themselves, and then the others."""
        inner = nested(self._replacing, type_, name) if isinstance(item, Block) else frozenset()
        if isinstance(item, Block) and inner:
            of = [(each.name if isinstance(each, Attribute) else each.type, each) for each in item.body]
            yield from ((f"{name}.{each}", part) for each, part in of if each in inner)
            item = Block(name, item.labels, tuple(part for each, part in of if each not in inner))
        yield name, item

    def _argument(self, found: list[Attribute | Block], ignored: frozenset[str]) -> Item:
        skeleton = Skeleton(self._scope)
        for item in found:
            if isinstance(item, Attribute):
                skeleton.write(item.value)
            else:
                skeleton.write(_without(item, ignored))
        return self._shared(skeleton)

    def _keys(self, block: Block) -> str:
        """The name of the set of its instances."""
        given, count = block.get("for_each"), block.get("count")
        if given is None and count is None:
            return ""
        name = given.address if isinstance(given, Ref) and not given.path else block.address or ""
        if name not in self._sets:
            self._sets[name] = entries(given, count, self._locals, self._variables)
        return name

    def _local(self, value: Value) -> Node:
        if isinstance(value, Mapping):
            return Node({name: self._item(item) for name, item in value.items()})
        elements = Skeleton(self._scope).elements(value)
        if elements:
            return Node({str(number): self._shared(each) for number, each in enumerate(elements)})
        return Node({"": self._item(value)})

    def _item(self, value: Value) -> Item:
        skeleton = Skeleton(self._scope)
        skeleton.write(value)
        return self._shared(skeleton)

    def _shared(self, skeleton: Skeleton) -> Item:
        """The skeleton as an item. Equal items are one, and so are equal sets of names, because most resources have the
        same. The graph of a thousand services needs 8 MiB instead of 16.
        """
        item = _item(skeleton)
        return self._items.setdefault(item, item)

    def _path(self, path: str) -> str:
        read = path.startswith(_GENERATED) or path.endswith(f"/{RELEASE}")
        name = path if path in self._documents and read else ""
        if path in self._folders:
            name = path
        if name:
            self._used.add(name)
        return name

    def _files(self) -> Iterator[tuple[str, Node]]:
        waiting = sorted(self._used)
        seen = set(waiting)
        while waiting:
            name = waiting.pop()
            if name in self._folders:
                held = sorted(self._folders[name])
                yield name, Node({path.removeprefix(f"{name}/"): Item("", (path,)) for path in held})
            else:
                document = self._documents[name]
                paths = _scripts(document.data) if name.endswith(".tftpl") else set()
                held = sorted(paths & self._documents.keys())
                yield name, Node({"": Item(sha256(document.content)[:_LENGTH], tuple(held))})
            fresh = [path for path in held if path not in seen]
            waiting += fresh
            seen.update(fresh)


def _ignored(block: Block) -> Iterator[str]:
    """What ``ignore_changes`` of a resource lists: ``user_data``, ``block_device[0].uuid``."""
    for item in block.body:
        if isinstance(item, Block) and item.type == "lifecycle":
            names = item.get("ignore_changes")
            for name in names if isinstance(names, tuple) else ():
                if isinstance(name, Expr):
                    yield "".join(part for part in name.parts if isinstance(part, str))


def _triggers(block: Block) -> Iterator[str]:
    """What ``replace_triggered_by`` of a resource lists: ``heroku_app.web.stack``."""
    for item in block.body:
        if isinstance(item, Block) and item.type == "lifecycle":
            references = item.get("replace_triggered_by")
            yield from map(_address, references if isinstance(references, tuple) else ())


def _scripts(template: bytes) -> set[str]:
    """The scripts that a cloud-init template includes, by their paths."""
    return {f"{_GENERATED}{name.decode()}" for name in _SCRIPT.findall(template)}


def _address(value: Value) -> str:
    return value.address + value.path if isinstance(value, Ref) else ""


def _without(block: Block, ignored: Iterable[str]) -> Block:
    names = {name.partition("[")[0] + name.partition("]")[2] for name in ignored}
    kept = tuple(
        item
        for item in block.body
        if f"{block.type}.{item.name if isinstance(item, Attribute) else item.type}" not in names
    )
    return block if len(kept) == len(block.body) else Block(block.type, body=kept)


def _item(skeleton: Skeleton) -> Item:
    text = "".join(skeleton.text)
    if text != HOLE and "‹" not in text:
        text = _digest(text.encode())
    return Item(text, tuple(skeleton.references))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_LENGTH]
