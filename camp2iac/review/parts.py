"""The parts of a plan, and which of an output's resources belong to which: by the source map of the output.

A resource belongs to the part that its origin is in. If no part of the plan asks for it (the pool of a load balancer,
a port of a tier that the environment file places), it belongs to the part of all resources that it refers to, if they
have the same one, otherwise to the part of all resources that refer to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from camp2iac.record import Record
from camp2iac.synth.addresses import configured
from camp2iac.synth.graph import Graph
from camp2iac.synth.sourcemap import Standing
from camp2iac.targets.deployed import Inventory

_KINDS = ("component", "service", "job", "network", "tier", "secret")
_NAMED_ALONE = ("network", "secret")  # can have the name of a component
_RESOURCE = re.compile(r"([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.([A-Za-z_][\w-]*)")
_NOT_RESOURCES = frozenset(
    {"var", "local", "output", "data", "provider", "check", "module", "moved", "import", "each", "count"}
)
_ROUNDS = 8  # how far references are followed
_MOVES = 16  # of one address
_NUMBER = re.compile(r"[0-9]+")


class DeploymentPart(Record, frozen=True, order=True):
    """A part of a plan in a report. ``kind``: empty for what no single part of the plan asks for."""

    kind: str
    name: str

    @property
    def title(self) -> str:
        """``service database``."""
        return f"{self.kind} {self.name}" if self.kind else "not from the plan"


NO_PART = DeploymentPart("", "")


class DeployedParts:
    """Answers by address, as Terraform reports addresses (with keys of instances and paths of modules)."""

    def __init__(self, standing: Standing, inventory: Inventory) -> None:
        self.standing, self._inventory = standing, inventory
        self.blocks = frozenset(_blocks(standing))
        self._moves = dict(standing.graph.moves) if standing.graph is not None else {}
        self._named = _named(standing)
        self._parts = self._all()
        order = [*dict.fromkeys(part for part in map(self._anchored, standing.anchors) if part.kind), NO_PART]
        self._order = {part: number for number, part in enumerate(order)}

    def part(self, address: str) -> DeploymentPart:
        """The part that a resource belongs to."""
        return self._parts.get(configured(address), NO_PART)

    def place(self, address: str) -> str:
        """``file:line:column`` of what asks for a resource; empty if nothing does."""
        return self.standing.place(configured(address))

    def asked_by(self, name: str) -> DeploymentPart:
        """The part that asks for an output or another name of the source map."""
        kind, part = self.standing.part(name)
        return self._canonical(kind, part) if kind in _KINDS else NO_PART

    def keys(self, block: str) -> tuple[str, ...] | None:
        """The ends of the addresses of its instances (``["web-1"]``), at the defaults of the variables; empty if
        unknown. None: it has one instance.
        """
        graph = self.standing.graph
        node = graph.nodes.get(block) if graph is not None else None
        if graph is None or node is None or not node.keys:
            return None
        return tuple(graph.sets.get(node.keys, ()))

    def declares(self, address: str) -> bool:
        """Whether the output declares an instance. If a variable sets the number of instances, it can declare any."""
        block = configured(address)
        if block not in self.blocks:
            return False
        fixed = self._fixed.get(block)
        return fixed is None or instance_key(address) in fixed

    @cached_property
    def _fixed(self) -> Mapping[str, frozenset[str]]:
        """The keys of the instances of each block that has the same ones for all values of the variables."""
        graph = self.standing.graph
        found = {}
        for block in self.blocks if graph is not None else ():
            node = graph.nodes.get(block) if graph is not None else None
            if graph is None or node is None:
                continue
            keys = graph.sets.get(node.keys, {})
            if not node.keys:
                found[block] = frozenset(("", "0"))  # Terraform moves the first of several to a single one
            elif _is_fixed(graph, node.keys, keys):
                found[block] = frozenset(map(instance_key, keys))
        return found

    def words(self, address: str) -> str:
        """What a resource is, with the key of the instance: ``instance web-1``."""
        name = configured(address)
        tracked = self.standing.resources.get(name)
        words = tracked.words if tracked is not None else self._inventory.words(name.partition(".")[0])
        key = instance_key(address)
        return f"{words} {key}" if key else words

    def known_to_people(self, address: str) -> bool:
        """Whether people know the resource by a name, such as an instance or a volume."""
        return configured(address) in self.standing.resources

    def rank(self, part: DeploymentPart) -> int:
        """The place of a part in reports: the order of the plan."""
        return self._order.get(part, len(self._order))

    def moved(self, address: str) -> str:
        """The address to which the output moves a resource; the same if it does not."""
        for _ in range(_MOVES if self._moves else 0):
            block = configured(address)
            if address in self._moves:
                address = self._moves[address]
            elif block in self._moves and block not in self.blocks:
                address = self._moves[block]
            else:
                break
        return address

    # ------------------------------------------------------------------------------------------------------------------

    def _all(self) -> Mapping[str, DeploymentPart]:
        found = {}
        for block in self.blocks:
            part = self._own(block)
            if part is not None:
                found[block] = part
        users = _users(self.standing.graph)
        for related in (self._referred, lambda block, found: self._used(block, found, users)):
            for _ in range(_ROUNDS if self.standing.graph is not None else 0):
                more = {block: part for block in self.blocks - found.keys() if (part := related(block, found))}
                if not more:
                    break
                found |= more
        return found

    def _own(self, block: str) -> DeploymentPart | None:
        kind, name = self.standing.part(block)
        if kind in _KINDS:
            return self._canonical(kind, name)
        tracked = self.standing.resources.get(block)
        if tracked is not None and tracked.part in _KINDS:
            return self._canonical(tracked.part, tracked.node)
        return None

    def _canonical(self, kind: str, name: str) -> DeploymentPart:
        """One part for a component, and the service or tier of the same name that it runs on."""
        return DeploymentPart(kind if kind in _NAMED_ALONE else self._named.get(name, kind), name)

    def _anchored(self, anchor: str) -> DeploymentPart:
        kind, _, name = anchor.partition("#")[2].partition(" ")
        return self._canonical(kind, name) if kind in _KINDS else NO_PART

    def _referred(self, block: str, found: Mapping[str, DeploymentPart]) -> DeploymentPart | None:
        """The part of the resources that a block refers to; None if there are several, or none."""
        graph = self.standing.graph
        node = graph.nodes.get(block) if graph is not None else None
        if node is None:
            return None
        names = {match[0] for item in node.items.values() for each in item.references if (match := _resource(each))}
        parts = {found[name] for name in names if name in found}
        return parts.pop() if len(parts) == 1 else None

    def _used(
        self, block: str, found: Mapping[str, DeploymentPart], users: Mapping[str, tuple[str, ...]]
    ) -> DeploymentPart | None:
        """The part of the resources that refer to a block, directly or by locals and documents; None as above."""
        seen, waiting, parts = {block}, [*users.get(block, ())], set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in self.blocks:
                parts.add(found.get(name, NO_PART))
            else:
                waiting += users.get(name, ())
        return parts.pop() if len(parts) == 1 and NO_PART not in parts else None


def instance_key(address: str) -> str:
    """The key of an instance, without quotes and brackets; empty if the resource has one instance."""
    match = re.search(r'\[(?:(\d+)|"((?:[^"\\]|\\.)*)")\]$', address)
    return (match[1] or match[2] or "").replace('\\"', '"') if match else ""


def _resource(reference: str) -> re.Match[str] | None:
    match = _RESOURCE.match(reference)
    return match if match and match[1] not in _NOT_RESOURCES else None


def _is_fixed(graph: Graph, name: str, keys: Mapping[str, str]) -> bool:
    """Whether a set of instances has known keys, which depend on no variable and no resource."""
    if not keys or any("\\" in key for key in keys) or "[0]" in keys:
        return False
    if name not in graph.nodes or not name.startswith("local."):  # written in the resource: a loop has numbers
        return not any(_NUMBER.fullmatch(value) for value in keys.values())
    seen, waiting = set(), [name]
    while waiting:
        local = ".".join(waiting.pop().split(".", 2)[:2])
        if local in seen:
            continue
        if local not in graph.nodes or not local.startswith("local."):
            return False
        seen.add(local)
        waiting += [each for item in graph.nodes[local].items.values() for each in item.references]
    return True


def _users(graph: Graph | None) -> Mapping[str, tuple[str, ...]]:
    """Each resource, local and document of the graph to those that refer to it."""
    nodes = graph.nodes if graph is not None else {}
    found: dict[str, dict[str, None]] = {}
    for name, node in nodes.items():
        for reference in {each for item in node.items.values() for each in item.references}:
            match = _resource(reference)
            used = match[0] if match else ".".join(reference.split(".", 2)[:2])
            used = reference if reference in nodes else used
            if used in nodes:
                found.setdefault(used, {})[name] = None
    return {name: tuple(others) for name, others in found.items()}


def _blocks(standing: Standing) -> Iterator[str]:
    """The addresses of the resources that the output declares."""
    known = standing.graph.nodes if standing.graph is not None else standing.origins
    for name in (*known, *standing.resources):
        match = _RESOURCE.fullmatch(name)
        if match and match[1] not in _NOT_RESOURCES:
            yield name


def _named(standing: Standing) -> Mapping[str, str]:
    """The name of each component, service and tier, to the kind that reports use."""
    found: dict[str, str] = {}
    for anchor in standing.anchors:
        kind, _, name = anchor.partition("#")[2].partition(" ")
        if kind in ("component", "service", "tier") and (name not in found or kind == "component"):
            found[name] = kind
    return found
