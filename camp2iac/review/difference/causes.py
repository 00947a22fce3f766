"""Why resources change, in the user's words: the lines of plan and environment, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from camp2iac.record import replace
from camp2iac.review.difference.edits import EditFinder, PlanEdit
from camp2iac.review.difference.effects import effects
from camp2iac.review.difference.model import Action, Cause, ResourceChange
from camp2iac.review.difference.naming import Namer
from camp2iac.review.difference.sides import Location, PlanSide
from camp2iac.topology.model import Topology

_COMES = {Action.CREATE: "the new", Action.REPLACE: "the replaced"}
_MOST = 3  # root causes of one resource
_DEEPEST = 20


def explained(changes: tuple[ResourceChange, ...], before: PlanSide, after: PlanSide) -> tuple[ResourceChange, ...]:
    """The same changes with causes in the user's words and lines. The causes of ``effects`` are what differs between
    the outputs: a document, a local, an argument, or another resource that is replaced.
    """
    namer = Namer(before, after)
    named = tuple(map(namer.named, changes))
    explainer = _Explainer(named, before, after)
    return tuple(replace(change, causes=explainer.causes(change)) for change in named)


class _Explainer:
    def __init__(self, changes: Sequence[ResourceChange], before: PlanSide, after: PlanSide) -> None:
        self._before, self._after = before, after
        self._changes: dict[str, ResourceChange] = {}
        for change in changes:
            self._changes.setdefault(_resource(change.address), change)
            self._changes[change.address] = change
        finder = EditFinder(before, after)
        self._quoted = finder.quoted
        edits = finder.edits() if before.result is not None and after.result is not None else []
        self._edits = _distinct(edits)
        self._by_line: dict[tuple[bool, str, int], list[PlanEdit]] = {}
        self._by_node: dict[str, list[PlanEdit]] = {}
        for edit in self._edits:
            for new, place in ((False, edit.before), (True, edit.after)):
                if place is not None:
                    self._by_line.setdefault((new, *place[:2]), []).append(edit)
            for node in edit.nodes or ("",):
                self._by_node.setdefault(node, []).append(edit)
        self._columns = (_columns(before), _columns(after))
        self._near = _neighbours(before, after)
        self._drift = _drift(before)
        self._roots: dict[str, tuple[Cause, ...]] = {}

    def causes(self, change: ResourceChange) -> tuple[Cause, ...]:
        """The root causes of a change, then those that are only consequences."""
        roots = self._root_causes(change, 0)
        others = dict.fromkeys(other for cause in change.causes if (other := self._other(cause.what)) is not None)
        return tuple(dict.fromkeys((*roots[:_MOST], *map(_consequence, others))))

    def _other(self, leaf: str) -> ResourceChange | None:
        """The resource that is created or replaced, if a leaf is nothing else."""
        other = self._changes.get(leaf) or self._changes.get(_resource(leaf))
        return other if other is not None and other.action in _COMES else None

    def _root_causes(self, change: ResourceChange, depth: int) -> tuple[Cause, ...]:
        address = change.address
        if address in self._roots:
            return self._roots[address]
        self._roots[address] = ()  # a circle of consequences
        found: dict[Cause, None] = {}
        if not change.causes:
            found.update(dict.fromkeys(self._whole(change)))
        for cause in change.causes:
            other = self._other(cause.what)
            if other is None:
                found.update(dict.fromkeys(self._leaf(cause, change)))
            elif depth < _DEEPEST:
                found.update(dict.fromkeys(self._root_causes(other, depth + 1)))
        self._roots[address] = tuple(found)
        return self._roots[address]

    # --- what differs between the outputs -----------------------------------------------------------------------------

    def _leaf(self, cause: Cause, change: ResourceChange) -> Sequence[Cause]:
        """The causes of what differs: an edit at its place, else edits near the part of the plan, else itself."""
        exact = self._at(cause.what)
        if exact:
            return exact
        if cause.what in self._drift.get(change.address, ()):
            return self._drifted()
        named = self._named(cause.what, change)
        if named:
            return [each.cause for each in named]
        near = self._edits_near(change)
        if near:
            return [each.cause for each in near]
        return [cause]

    def _whole(self, change: ResourceChange) -> Sequence[Cause]:
        """The causes of a resource that comes or goes."""
        exact = self._at(_resource(change.address))
        if exact:
            return exact
        if change.address in self._drift:
            return self._drifted()
        return [each.cause for each in self._edits_near(change, counts=True)]

    def _at(self, name: str) -> list[Cause]:
        """The causes at the place of an address, an argument or a local; empty if nothing differs there.

        A line can have several values: those are meant that begin there, or before the next known place of the line.
        """
        old, new = self._before.origins.get(name), self._after.origins.get(name)
        edits: dict[PlanEdit, None] = {}
        for is_new, place in ((False, old), (True, new)):
            if place is not None:
                edits.update(dict.fromkeys(self._on_line(place, is_new=is_new)))
        return [each.cause for each in edits]

    def _on_line(self, place: Location, *, is_new: bool) -> list[PlanEdit]:
        """The edits that belong to a place of a line; all of the line if that is not known."""
        file, line, column = place
        there = self._by_line.get((is_new, file, line), [])
        columns = {id(each): at[2] for each in there if (at := each.after if is_new else each.before) is not None}
        if exact := [each for each in there if columns[id(each)] == column]:
            return exact
        later = [each for each in self._columns[is_new].get((file, line), ()) if each > column]
        end = min(later, default=None)
        inside = [each for each in there if column < columns[id(each)] and (end is None or columns[id(each)] < end)]
        return inside or there

    def _named(self, leaf: str, change: ResourceChange) -> list[PlanEdit]:
        """Edits of a value whose key is the last part of a local or variable: ``local.web_env.GREETING``."""
        if "/" in leaf or not leaf.startswith(("local.", "var.")):
            return []
        last = leaf.rpartition(".")[2]
        nodes = (change.node, "", last) if leaf.startswith("local.") else (change.node, last, "")
        found = [edit for node in nodes for edit in self._by_node.get(node, ()) if last in edit.words]
        return list(dict.fromkeys(found))

    def _edits_near(self, change: ResourceChange, *, counts: bool = False) -> list[PlanEdit]:
        """The edits of the part of the plan that a resource belongs to, else of its neighbours, else of all parts.

        ``counts``: also those that only change how many instances there are.
        """
        rings: list[Iterable[str]] = [(change.node,), self._near.get(change.node, ()), ("",), self._by_node]
        for ring in rings if change.node else [("",), self._by_node]:
            found = list(dict.fromkeys(edit for node in ring for edit in self._by_node.get(node, ())))
            wanted = [edit for edit in found if counts or not edit.counts] or found
            if wanted:
                return wanted
        return []

    def _drifted(self) -> list[Cause]:
        """Why the old output differs from its own plan, compiled by this camp2iac."""
        old, new = (side.standing.version if side.standing is not None else "" for side in (self._before, self._after))
        if old != new:
            return [Cause(f"camp2iac {old} → {new}")]
        return [Cause(f"the output at {self._before.version.name}, which is not up to date with the plan there")]


def _drift(before: PlanSide) -> Mapping[str, frozenset[str]]:
    """What differs between the output that exists and its own plan, compiled by this camp2iac: addresses to leaves."""
    if before.compiled is None or before.standing is None:
        return {}
    found = effects(before.standing, before.compiled)
    return {each.address: frozenset(cause.what for cause in each.causes) for each in found}


def _consequence(other: ResourceChange) -> Cause:
    """``the replaced port of web``."""
    whose = f" of {other.node}" if other.node else ""
    return Cause(f"{_COMES[other.action]} {other.words}{whose}")


def _distinct(edits: Sequence[PlanEdit]) -> list[PlanEdit]:
    """The edits, those at the same places as one: several parts of the plan use a parameter. A statement's words repeat
    the values of its line.
    """
    found: dict[tuple[Location | None, Location | None], PlanEdit] = {}
    lines: dict[tuple[tuple[str, int] | None, ...], tuple[Location | None, Location | None]] = {}
    for edit in edits:
        place = (edit.before, edit.after)
        if place == (None, None):
            continue
        if not edit.value:
            place = lines.get(edit.lines, place)
        lines.setdefault(edit.lines, place)
        first = found.get(place)
        found[place] = edit if first is None else first.with_(edit)
    return [*found.values(), *(edit for edit in edits if edit.before is None and edit.after is None)]


def _columns(side: PlanSide) -> Mapping[tuple[str, int], set[int]]:
    """The columns of each line at which something of the output has its origin."""
    found: dict[tuple[str, int], set[int]] = {}
    for file, line, column in side.origins.values():
        found.setdefault((file, line), set()).add(column)
    return found


def _resource(address: str) -> str:
    return address.partition("[")[0]


def _neighbours(*sides: PlanSide) -> Mapping[str, tuple[str, ...]]:
    """The parts of the plan that share instances or are linked, by their names."""
    found: dict[str, dict[str, None]] = {}
    for side in sides:
        if side.result is not None:
            for one, other in _pairs(side.result.topology):
                if one != other:
                    found.setdefault(one, {})[other] = None
                    found.setdefault(other, {})[one] = None
    return {node: tuple(others) for node, others in found.items()}


def _pairs(topology: Topology) -> Iterator[tuple[str, str]]:
    for service in topology.services.values():
        yield service.id, service.tier
        yield from ((service.id, job.id) for job in service.jobs)
        yield from ((service.tier, job.id) for job in service.jobs)
    for component in topology.components.values():
        yield component.id, component.tier
        yield component.id, component.host
        yield component.id, component.name
        for link in component.links:
            yield component.id, link.callee or link.service
            yield component.tier, link.callee or link.service
            yield component.host, link.callee or link.service
