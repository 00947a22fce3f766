"""The comparison of two graphs: which values differ, and where the difference begins."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

from camp2iac.record import Record, field
from camp2iac.review.difference.moves import Instance, instances, moved
from camp2iac.synth import providers
from camp2iac.synth.graph import Graph, Item, Node
from camp2iac.synth.skeleton import HOLE

_EACH = re.compile("‹(=?)each\\.(key|value)(?:\\.(\\w+))?›")
_PATH = re.compile(r"(\[[^\]]*\])?(?:\.(\w+))?(.*)", re.S)
_STEP = re.compile(r'\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\.(\w+)')

TRIGGERED = "replace_triggered_by"
"""The name for what ``replace_triggered_by`` lists, among the arguments that differ."""

Leaves = tuple[str, ...]
"""Where a difference begins: a local's entry, a variable, a document, an argument, a resource. Empty: no difference."""


class Side(Record):
    """One of the two outputs. ``own``: the instances by whole address."""

    graph: Graph
    own: dict[str, Instance] = field(default_factory=dict)

    def node(self, name: str) -> Node | None:
        """The node with a name."""
        return self.graph.nodes.get(name)

    def value(self, instance: Instance, item: Item) -> Item:
        """A value for one instance: ``each.key`` and ``each.value`` have their values."""
        node = self.graph.nodes[instance.address]
        if not instance.key or not ("‹" in item.text or any("each." in each for each in item.references)):
            return item
        entry = self.graph.sets.get(node.keys, {}).get(instance.key, "null")

        def fill(match: re.Match[str]) -> str:
            text = instance.key[1:-1] if match[2] == "key" else entry
            if match[3]:
                held = json.loads(text)
                text = json.dumps(held.get(match[3])) if isinstance(held, dict) else "null"
            return text if match[1] or not text.startswith('"') else text[1:-1]

        text = item.text
        if "‹" in text:
            text = _EACH.sub(fill, text)
            text = hashlib.sha256(text.encode()).hexdigest()[:10]
        return Item(text, tuple(each.replace("[each.key]", instance.key) for each in item.references))


def side(graph: Graph) -> Side:
    """A graph with the instances that it has."""
    return Side(graph, instances(graph))


class Comparison:
    """Compares two outputs. The results are remembered, so that everything is compared once.

    ``elsewhere``: data sources are read in another region now.
    """

    def __init__(
        self,
        before: Graph,
        after: Graph,
        perhaps: frozenset[str] = frozenset(),
        absent: frozenset[str] = frozenset(),
        *,
        elsewhere: bool = False,
    ) -> None:
        self._perhaps, self._elsewhere = perhaps, elsewhere
        self.before, self.after = side(before), side(after)
        for name in absent:
            self.before.own.pop(name)
        self.now = moved(self.before.own, self.after.own, after.moves)
        self.old = {now: old for old, now in self.now.items()}
        self._pairs: dict[tuple[str, str], Leaves] = {}
        self._changed: dict[str, Mapping[str, Leaves]] = {}

    def changed(self, address: str) -> Mapping[str, Leaves]:
        """The arguments of an instance of the new output that differ, to their leaves."""
        if address not in self._changed:
            self._changed[address] = {}
            self._changed[address] = self._arguments(address)
        return self._changed[address]

    def forced(self, address: str) -> tuple[str, ...]:
        """The changed arguments that replace an instance."""
        now = self.after.own[address]
        was = self.before.own[self.old[address]]
        forces = self.after.graph.nodes[now.address].forces | self.before.graph.nodes[was.address].forces
        return tuple(name for name in self.changed(address) if name in forces or name == TRIGGERED)

    def unknown(self, address: str) -> frozenset[str]:
        """The arguments that were ignored until now. An instance has those that it was created with."""
        now, was = self.after.own[address], self.before.own[self.old[address]]
        return self.before.graph.nodes[was.address].ignored - self.after.graph.nodes[now.address].ignored

    def fresh(self, address: str) -> bool:
        """Whether an instance of the new output is created or replaced, so that its attributes are unknown."""
        return address not in self.old or bool(self.forced(address))

    def _arguments(self, address: str) -> Mapping[str, Leaves]:
        now, was = self.after.own[address], self.before.own[self.old[address]]
        new, old = self.after.graph.nodes[now.address], self.before.graph.nodes[was.address]
        found: dict[str, Leaves] = {}
        for name in dict.fromkeys((*old.items, *new.items)):
            if name in new.ignored:
                continue
            if name in old.ignored:  # what it was created with is unknown
                found[name] = (f"{now.address}.{name}",)
            elif leaves := self._argument(name, was, now):
                found[name] = leaves
        triggered = [leaf for each in new.triggers for leaf in self._references(each, each)]
        if triggered:
            found[TRIGGERED] = tuple(dict.fromkeys(triggered))
        return found

    def _argument(self, name: str, was: Instance, now: Instance) -> Leaves:
        new, old = self.after.graph.nodes[now.address], self.before.graph.nodes[was.address]
        one, other = old.items.get(name), new.items.get(name)
        own = (f"{now.address}.{name}",)
        if other is None and providers.keeps(now.address.partition(".")[0], name):
            return ()
        if one is None or other is None:
            return own
        return self._items(self.before.value(was, one), self.after.value(now, other), own)

    def _items(self, one: Item, other: Item, own: Leaves) -> Leaves:
        """The leaves of the difference of two values; ``own`` if they themselves differ."""
        one, other = _through(one, self.before), _through(other, self.after)
        if one.text != other.text or len(one.references) != len(other.references):
            return own
        found: list[str] = []
        for left, right in zip(one.references, other.references, strict=True):
            leaves = self._references(left, right)
            found += own if leaves == ("",) else leaves
        return tuple(dict.fromkeys(found))

    def _references(self, left: str, right: str) -> Leaves:
        """The leaves of the difference of two references. ``("",)`` if they name different things."""
        if (left, right) not in self._pairs:
            self._pairs[left, right] = ()
            self._pairs[left, right] = self._compared(left, right)
        return self._pairs[left, right]

    def _compared(self, left: str, right: str) -> Leaves:
        left, right = _direct(left, self.before), _direct(right, self.after)
        one, other = _split(left), _split(right)
        old, new = self.before.node(one[0]), self.after.node(other[0])
        if old is None or new is None:
            return () if left == right else ("",)
        if one[0].startswith("data."):
            return self._data(one, other, old, new)
        if "/" in one[0] or one[0].startswith(("local.", "var.")):
            if one[1] != other[1]:
                return ("",)
            key = _key(other[1])
            if key and key in old.items and key in new.items:  # the others do not matter
                return self._items(old.items[key], new.items[key], (f"{other[0]}.{key}",))
            return self._entries(old, new, other[0])
        return self._attribute(one, other)

    def _entries(self, old: Node, new: Node, name: str) -> Leaves:
        found: list[str] = []
        for key in dict.fromkeys((*old.items, *new.items)):
            own = (f"{name}.{key}" if key and "/" not in name else name,)
            one, other = old.items.get(key), new.items.get(key)
            if one is None or other is None:
                found += own
            else:
                found += self._items(one, other, own)
        return tuple(dict.fromkeys(found))

    def _data(self, one: tuple[str, str], other: tuple[str, str], old: Node, new: Node) -> Leaves:
        if one[1] != other[1]:
            return ("",)
        named = _attribute(one[1])
        if named in old.items and named in new.items:
            return self._items(old.items[named], new.items[named], (f"{other[0]}.{named}",))
        if self._elsewhere and providers.differs_by_region(other[0]):
            return (other[0],)
        return self._entries(old, new, other[0])

    def _attribute(self, one: tuple[str, str], other: tuple[str, str]) -> Leaves:
        """The difference of attributes of two resources."""
        was, left = _instance(one, self.before)
        now, right = _instance(other, self.after)
        if was is None or now is None:  # all instances
            return self._every(one, other)
        if left != right or self.old.get(now.whole) != was.whole:
            return ("",) if now.whole != was.whole else (now.whole,)
        name = _attribute(left)
        if now.address.startswith("terraform_data.") and name == "output":
            name = "input"
        old, new = self.before.graph.nodes[was.address], self.after.graph.nodes[now.address]
        if named := [each for each in _inside(left, name, new) if each in old.items and each not in new.ignored]:
            return tuple(dict.fromkeys(leaf for each in named for leaf in self._argument(each, was, now)))
        if self.fresh(now.whole):
            return (now.whole,)
        return ()

    def _every(self, one: tuple[str, str], other: tuple[str, str]) -> Leaves:
        theirs = self._sure(self.after, other[0])
        ours = self._sure(self.before, one[0])
        if {self.now[each.whole] for each in ours} != {each.whole for each in theirs}:
            return (other[0],)
        return tuple(each.whole for each in theirs if self.fresh(each.whole))

    def _sure(self, of: Side, address: str) -> list[Instance]:
        keys = of.graph.sets.get(of.graph.nodes[address].keys, {"": ""})
        whole = (address + key for key in keys)
        return [of.own[name] for name in whole if name in of.own and name not in self._perhaps]


def _through(item: Item, of: Side) -> Item:
    """The value of a local that is another name for it."""
    for _ in range(20):
        if item.text != HOLE:
            return item
        found = _target(item.references[0], of)
        if found is None:
            return item
        item = found
    return item


def _direct(reference: str, of: Side) -> str:
    """The reference that a local means."""
    item = _through(Item(HOLE, (reference,)), of)
    return item.references[0] if item.text == HOLE else reference


def _target(reference: str, of: Side) -> Item | None:
    """The value that a reference to a local is, if it is one value."""
    if not reference.startswith("local."):
        return None
    name, path = _split(reference)
    node = of.node(name)
    if node is None:
        return None
    if not path:
        return node.items.get("") if len(node.items) == 1 else None
    step = _STEP.fullmatch(path)
    return node.items.get(_key(path)) if step is not None else None


def _key(path: str) -> str:
    """The key of the entry that a path begins with; empty if it does not begin with one."""
    step = _STEP.match(path)
    if step is None:
        return ""
    if step[1] is not None:
        return str(json.loads(f'"{step[1]}"'))
    return step[2] or step[3]


def _split(reference: str) -> tuple[str, str]:
    """The name of a node, and the path after it."""
    if "/" in reference.partition("[")[0]:
        return reference, ""
    count = 3 if reference.startswith("data.") else 2
    match = re.match(rf"(?:[\w-]+\.){{{count - 1}}}[\w-]+", reference)
    return (reference, "") if match is None else (match[0], reference[match.end() :])


def _attribute(path: str) -> str:
    match = _PATH.match(path)
    return (match[2] or "") if match else ""


def _inside(path: str, name: str, node: Node) -> list[str]:
    """The items of a node that a path reads: what forces a replacement is apart from the rest of its block.

    ``metadata[0].name`` reads ``metadata.name``, and ``metadata`` reads both ``metadata`` and ``metadata.name``.
    """
    steps = [step[3] for step in _STEP.finditer(path) if step[3]]
    exact = ".".join(steps[:2])
    if exact in node.items:
        return [exact]
    return [each for each in node.items if each == name or (len(steps) < 2 and each.startswith(f"{name}."))]


def _instance(reference: tuple[str, str], of: Side) -> tuple[Instance | None, str]:
    """The instance that a reference names, and the path after it. None if it names all, or one that is not there."""
    name, path = reference
    match = re.match(r'\["(?:[^"\\]|\\.)*"\]|\[\d+\]', path)
    key = match[0] if match else ""
    node = of.graph.nodes[name]
    if not node.keys:
        key = ""
    return of.own.get(name + key), path[len(key) :]
