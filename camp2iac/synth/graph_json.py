"""The graph of an output in ``.camp2iac.digests.json``: one line for each node.

An item is ``"DIGEST"`` or ``["DIGEST", "REFERENCE", ...]``. The name of an argument that forces a replacement ends with
``!``. ``@`` has the list of ``ignore_changes``, ``@keys`` the set of the instances, ``@triggers`` the list of
``replace_triggered_by``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from camp2iac.synth.graph import FORCES, Graph, Item, Node

_IGNORED, _KEYS, _TRIGGERS = "@", "@keys", "@triggers"

Entries = Iterable[tuple[str, object]]


def sections(graph: Graph) -> Iterator[tuple[str, Entries]]:
    """The sections of the file that hold a graph, with their entries in order.

    Each entry is made when it is read, because all at once are as large as the graph.
    """
    yield "graph", ((name, _node(node)) for name, node in sorted(graph.nodes.items()))
    yield "sets", ((name, dict(each)) for name, each in sorted(graph.sets.items()))
    yield "moves", dict(graph.moves).items()
    yield "reruns", sorted(graph.reruns.items())


def _node(node: Node) -> object:
    items = {name + (FORCES if name in node.forces else ""): _item(item) for name, item in sorted(node.items.items())}
    if set(items) == {""}:
        return items[""]
    extra: dict[str, object] = {_IGNORED: sorted(node.ignored), _KEYS: node.keys, _TRIGGERS: list(node.triggers)}
    return items | {name: value for name, value in extra.items() if value}


def _item(item: Item) -> object:
    return [item.text, *item.references] if item.references else item.text


def read(content: Mapping[str, Any]) -> Graph | None:
    """The graph that a file holds; None if it was written by an older release.

    Raises KeyError, TypeError, ValueError or AttributeError if the content is not that of a source map.
    """
    if "graph" not in content:
        return None
    return Graph(
        {str(name): _read(node) for name, node in content["graph"].items()},
        {str(name): {str(key): str(item) for key, item in each.items()} for name, each in content["sets"].items()},
        tuple((str(one), str(other)) for one, other in content["moves"].items()),
        {str(name): str(each) for name, each in content["reruns"].items()},
    )


def _read(content: object) -> Node:
    if not isinstance(content, dict):
        return Node({"": _read_item(content)})
    items = {str(name): _read_item(item) for name, item in content.items() if not str(name).startswith(_IGNORED)}
    return Node(
        {name.removesuffix(FORCES): item for name, item in items.items()},
        frozenset(name.removesuffix(FORCES) for name in items if name.endswith(FORCES)),
        frozenset(map(str, content.get(_IGNORED, ()))),
        str(content.get(_KEYS, "")),
        tuple(map(str, content.get(_TRIGGERS, ()))),
    )


def _read_item(content: object) -> Item:
    if isinstance(content, str):
        return Item(content)
    if not isinstance(content, Iterable):
        raise TypeError(content)
    text, *references = map(str, content)
    return Item(text, tuple(references))
