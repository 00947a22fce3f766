"""The addresses of instances in a graph, and what happens to them by ``moved`` blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from camp2iac.record import Record
from camp2iac.synth.graph import Graph, Node


class Instance(Record, frozen=True):
    """An instance of a resource. ``address``: of the resource. ``key``: ``["web-1"]``, or empty."""

    address: str
    key: str

    @property
    def whole(self) -> str:
        """Its address with its key."""
        return self.address + self.key


def instances(graph: Graph) -> dict[str, Instance]:
    """The instances of all resources, by whole address."""
    return {
        each.whole: each for name, node in graph.nodes.items() if _is_resource(name) for each in _of(graph, name, node)
    }


def _is_resource(name: str) -> bool:
    return "/" not in name and not name.startswith(("data.", "local.", "var."))


def _of(graph: Graph, name: str, node: Node) -> Iterator[Instance]:
    for key in graph.sets.get(node.keys, {}) if node.keys else ("",):
        yield Instance(name, key)


def moved(before: Iterable[str], after: Mapping[str, Instance], moves: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The address that each previous instance has when Terraform has moved it.

    A move is done if the state has its source and not its target, as Terraform does it. Chains are followed.
    """
    there = {name: name for name in before}  # address now, to the one before
    ways = _ways(moves, there, after)
    for name in list(there):
        now, seen = name, {name}
        while now in ways and ways[now] not in seen and ways[now] not in there:
            seen.add(ways[now])
            now = ways[now]
        if now != name:
            there[now] = there.pop(name)
    return {old: now for now, old in there.items()}


def _ways(moves: Iterable[tuple[str, str]], before: Mapping[str, str], after: Mapping[str, Instance]) -> dict[str, str]:
    """Whole address to whole address. A move of a resource moves each of its instances."""
    keys: dict[str, list[str]] = {}
    for name in before:
        keys.setdefault(name.partition("[")[0], []).append(name)
    found: dict[str, str] = {}
    pending = list(moves)
    for _ in range(2):  # what a move of a resource gives can be the source of another
        for source, target in pending:
            if "[" in source or "[" in target:
                found.setdefault(source, target)
                continue
            for name in keys.get(source, ()):
                to = target + name[len(source) :]
                found.setdefault(name, to)
                keys.setdefault(target, []).append(to)
    for name in before:  # Terraform itself moves a resource that gets or loses count
        if name not in found and name not in after:
            other = name[: -len("[0]")] if name.endswith("[0]") else f"{name}[0]"
            if other in after and other not in before:
                found[name] = other
    return found
