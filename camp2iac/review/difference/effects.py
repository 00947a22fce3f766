"""What Terraform does with each resource instance when an output follows another one, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from camp2iac.record import Record, replace
from camp2iac.review.difference.comparison import Comparison
from camp2iac.review.difference.model import Action, Cause, ResourceChange
from camp2iac.review.difference.scaled import scaled
from camp2iac.synth.sourcemap import Standing
from camp2iac.synth.tracked import Part, Tracked

# Terraform updates these in place, but what holds the data is made again: a pod without a volume.
_RENEWED_BY = {"kubernetes_deployment_v1": "spec", "kubernetes_stateful_set_v1": "spec"}


def effects(before: Standing, after: Standing) -> tuple[ResourceChange, ...]:
    """The effects of applying ``after`` on what ``before`` has created, sorted by address.

    Both are taken at the defaults of their variables. Outputs of older releases have no graph: then there are none.
    """
    return of_resources(before, after)[0]


def of_resources(before: Standing, after: Standing) -> tuple[tuple[ResourceChange, ...], Mapping[str, str]]:
    """The effects, and for each resource of ``before`` that stays, its address in ``after``."""
    graphs = scaled(before, after)
    if graphs is None:
        return (), {address: address for address in before.resources if address in after.resources}
    elsewhere = _elsewhere(before, after)
    compared = Comparison(graphs.before, graphs.after, graphs.perhaps, graphs.absent, elsewhere=elsewhere)
    old, new = _Parts(before), _Parts(after)
    found = _consequent([*_gone(compared, old), *_there(compared, old, new)])
    stays = {
        compared.before.own[was].address: compared.after.own[now].address
        for was, now in compared.now.items()
        if now in compared.after.own
    }
    marked = (replace(each, perhaps=each.perhaps or each.address in graphs.perhaps) for each in found)
    return tuple(sorted(marked, key=lambda each: each.address)), stays


def _elsewhere(before: Standing, after: Standing) -> bool:
    """Whether data sources are read in another region, because the region of the whole output changes."""
    both = before.resources.keys() & after.resources
    pairs = {(before.resources[address].region, after.resources[address].region) for address in both}
    known = {pair for pair in pairs if all(pair)}
    return bool(known) and all(was != now for was, now in known)


def _consequent(changes: list[ResourceChange]) -> list[ResourceChange]:
    """The changes. What is only a consequence of another one that perhaps happens, perhaps happens too."""
    perhaps = {each.address for each in changes if each.perhaps}
    waiting = bool(perhaps)
    while waiting:
        more = {
            each.address
            for each in changes
            if each.causes and each.address not in perhaps and perhaps.issuperset(cause.what for cause in each.causes)
        }
        perhaps |= more
        waiting = bool(more)
    return [replace(each, perhaps=each.address in perhaps) for each in changes]


class _Part(Record, frozen=True):
    node: str
    part: Part
    words: str
    data: str = ""


class _Parts:
    """Which part of the plan a resource belongs to."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        labels = {address.partition(".")[2]: each for address, each in sorted(standing.resources.items())}
        self._labels = dict(sorted(labels.items(), key=lambda item: -len(item[0])))
        self._known: dict[str, _Part] = {}

    def of(self, address: str) -> _Part:
        """The part of a resource."""
        if address not in self._known:
            self._known[address] = self._find(address)
        return self._known[address]

    def _find(self, address: str) -> _Part:
        tracked = self._standing.resources.get(address)
        type_, _, label = address.partition(".")
        if tracked is not None:
            return _Part(tracked.node, tracked.part, tracked.words, data(tracked))
        words = _words(type_)
        kind, name = self._standing.part(address)
        if name and kind in get_args(Part):
            return _Part(name, _part(kind), words)
        # A resource of a part begins with the label of that part.
        pieces = label.split("_")
        for length in range(len(pieces), 0, -1):
            owner = self._labels.get("_".join(pieces[:length]))
            if owner is not None and owner.part != "environment":
                return _Part(owner.node, owner.part, words)
        return _Part("", "environment", words)


def _part(kind: str) -> Part:
    return next(each for each in get_args(Part) if each == kind)


def _words(type_: str) -> str:
    """``networking port`` for ``openstack_networking_port_v2``."""
    words = type_.split("_")[1:]
    return " ".join(word for word in words if not (word[:1] == "v" and word[1:].isdigit()))


def _gone(compared: Comparison, old: _Parts) -> Iterator[ResourceChange]:
    for address, now in compared.now.items():
        if now not in compared.after.own:
            part = old.of(compared.before.own[address].address)
            yield ResourceChange(address, Action.DESTROY, part.node, part.part, part.words, data=part.data)


def _there(compared: Comparison, before: _Parts, after: _Parts) -> Iterator[ResourceChange]:
    for address, instance in compared.after.own.items():
        part = after.of(instance.address)
        change = ResourceChange(address, Action.CREATE, part.node, part.part, part.words)
        was = compared.old.get(address)
        if was is None:
            yield change
            continue
        changed = compared.changed(address)
        forced = compared.forced(address)
        if not changed and was == address:
            continue
        because = {name: leaves for name, leaves in changed.items() if not forced or name in forced}
        leaves = tuple(dict.fromkeys(leaf for each in because.values() for leaf in each))
        action = _action(compared, instance.address, leaves, bool(changed), bool(forced))
        renewed = _RENEWED_BY.get(instance.address.partition(".")[0]) in changed
        yield replace(
            change,
            action=action,
            previous=was if was != address else "",
            arguments=tuple(changed),
            causes=tuple(map(Cause, leaves)),
            perhaps=bool(changed) and compared.unknown(address).issuperset(forced or changed),
            data=before.of(compared.before.own[was].address).data if action is Action.REPLACE or renewed else "",
        )


def _action(compared: Comparison, address: str, leaves: tuple[str, ...], changed: bool, forced: bool) -> Action:
    if not changed:
        return Action.MOVE
    if forced:
        return Action.REPLACE
    watched = compared.after.graph.reruns
    names = {address, *(leaf.partition("[")[0] for leaf in leaves)}
    return Action.RERUN if any(name in watched for name in names) else Action.UPDATE


def data(tracked: Tracked) -> str:
    """``PostgreSQL's data``; empty if it holds none."""
    if not tracked.holds_data:
        return ""
    return f"{tracked.product}'s data" if tracked.product else f"the data of {tracked.node}"
