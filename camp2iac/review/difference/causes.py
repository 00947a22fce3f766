"""Why resources change, in the user's words: the lines of plan and environment, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from camp2iac.record import replace
from camp2iac.review.difference.edits import EditFinder, PlanEdit
from camp2iac.review.difference.model import Cause, ResourceChange
from camp2iac.review.difference.sides import Location, Side
from camp2iac.topology.model import Topology

_CONSEQUENCES = (" is replaced", " is destroyed", " is created", " are replaced")
_MOST = 3  # root causes of one resource
_DEEPEST = 20


def explained(changes: tuple[ResourceChange, ...], before: Side, after: Side) -> tuple[ResourceChange, ...]:
    """The same changes with causes in the user's words and lines. The causes of ``effects`` are what differs between
    the outputs: a document, a local, an argument, or another resource that is replaced.
    """
    explainer = _Explainer(changes, before, after)
    return tuple(replace(change, causes=explainer.causes(change)) for change in changes)


class _Explainer:
    def __init__(self, changes: Sequence[ResourceChange], before: Side, after: Side) -> None:
        self._before, self._after = before, after
        self._changes: dict[str, ResourceChange] = {}
        for change in changes:
            self._changes.setdefault(_resource(change.address), change)
        finder = EditFinder(before, after)
        self._quoted = finder.quoted
        edits = finder.edits() if before.result is not None and after.result is not None else []
        self._edits = _distinct(edits)
        self._by_place: dict[tuple[bool, Location], list[PlanEdit]] = {}
        self._by_node: dict[str, list[PlanEdit]] = {}
        for edit in self._edits:
            for new, place in ((False, edit.before), (True, edit.after)):
                if place is not None:
                    self._by_place.setdefault((new, place), []).append(edit)
            for node in edit.nodes or ("",):
                self._by_node.setdefault(node, []).append(edit)
        self._near = _neighbours(before, after)
        self._roots: dict[str, tuple[Cause, ...]] = {}

    def causes(self, change: ResourceChange) -> tuple[Cause, ...]:
        """The root causes of a change, then those that are only consequences."""
        roots = self._root_causes(change, 0)
        consequences = [self._consequence(each) for each in change.causes if _consequent(each.what)]
        return tuple(dict.fromkeys((*roots[:_MOST], *consequences)))

    def _root_causes(self, change: ResourceChange, depth: int) -> tuple[Cause, ...]:
        address = change.address
        if address in self._roots:
            return self._roots[address]
        self._roots[address] = ()  # a circle of consequences
        found: dict[Cause, None] = {}
        leaves = [each for each in change.causes if not _consequent(each.what)]
        if not leaves and not any(_consequent(each.what) for each in change.causes):
            found.update(dict.fromkeys(self._whole(change)))
        for cause in leaves:
            found.update(dict.fromkeys(self._leaf(cause, change)))
        for cause in change.causes:
            other = self._changes.get(_resource(_cause_address(cause.what)))
            if _consequent(cause.what) and other is not None and depth < _DEEPEST:
                found.update(dict.fromkeys(self._root_causes(other, depth + 1)))
        self._roots[address] = tuple(found)
        return self._roots[address]

    # --- what differs between the outputs -----------------------------------------------------------------------------

    def _leaf(self, cause: Cause, change: ResourceChange) -> Sequence[Cause]:
        """The causes of what differs: an edit at its place, else edits near the part of the plan, else itself."""
        exact = self._at(cause.what)
        if exact:
            return exact
        named = self._named(cause.what, change)
        if named:
            return [each.cause for each in named]
        near = self._edits_near(change)
        if near:
            return [each.cause for each in near]
        return self._upgrade() or [cause]

    def _whole(self, change: ResourceChange) -> Sequence[Cause]:
        """The causes of a resource that comes or goes."""
        exact = self._at(_resource(change.address))
        if exact:
            return exact
        near = self._edits_near(change, counts=True)
        if near:
            return [each.cause for each in near]
        if self._before.standing is None or self._after.standing is None:
            return ()
        return self._upgrade()

    def _at(self, name: str) -> list[Cause]:
        """The causes at the exact place of an address, an argument or a local; empty if nothing differs there."""
        old, new = self._before.origins.get(name), self._after.origins.get(name)
        if old is None and new is None:
            return []
        edits: dict[PlanEdit, None] = {}
        for is_new, place in ((False, old), (True, new)):
            if place is not None:
                edits.update(dict.fromkeys(self._by_place.get((is_new, place), ())))
        if edits:
            return [each.cause for each in edits]
        if old is not None and new is not None and "." in name:
            was, now = self._quoted[0].text(*old), self._quoted[1].text(*new)
            if was and now and was != now:
                return [Cause(name.rpartition(".")[2], self._quoted[0].line(old), self._quoted[1].line(new))]
        return []

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

    def _upgrade(self) -> list[Cause]:
        """The release of camp2iac, if the outputs are of different ones."""
        old, new = (side.standing.version if side.standing is not None else "" for side in (self._before, self._after))
        return [Cause(f"camp2iac {old} -> {new}")] if old and new and old != new else []

    def _consequence(self, cause: Cause) -> Cause:
        """``openstack_networking_port_v2.web is replaced`` in the user's words."""
        address = _cause_address(cause.what)
        other = self._changes.get(_resource(address))
        if other is None:
            return cause
        whose = f" of {other.node}" if other.node else ""
        return Cause(f"the {other.words}{whose}{cause.what.removeprefix(address)}")


def _distinct(edits: Iterable[PlanEdit]) -> list[PlanEdit]:
    """The edits without a second one at the same places: a statement's words repeat its values."""
    found: dict[tuple[Location | None, Location | None], PlanEdit] = {}
    for edit in edits:
        found.setdefault((edit.before, edit.after), edit)
    return list(found.values())


def _consequent(what: str) -> bool:
    return what.endswith(_CONSEQUENCES)


def _cause_address(what: str) -> str:
    return next((what.removesuffix(ending) for ending in _CONSEQUENCES if what.endswith(ending)), what)


def _resource(address: str) -> str:
    return address.partition("[")[0]


def _neighbours(*sides: Side) -> Mapping[str, tuple[str, ...]]:
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
