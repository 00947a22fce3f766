"""What Terraform does with each resource instance when an output follows another one, and why."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.review.difference.comparison import Comparison
from camp2iac.review.difference.model import Action, Cause, ResourceChange
from camp2iac.synth.sourcemap import Standing
from camp2iac.synth.tracked import Tracked


def effects(before: Standing, after: Standing) -> tuple[ResourceChange, ...]:
    """The effects of applying ``after`` on what ``before`` has created, sorted by address.

    Both are taken at the defaults of their variables. Outputs of older releases have no graph: then there are none.
    """
    if before.graph is None or after.graph is None:
        return ()
    compared = Comparison(before.graph, after.graph)
    found = [*_gone(compared, before), *_there(compared, before, after)]
    return tuple(sorted(found, key=lambda each: each.address))


def _gone(compared: Comparison, before: Standing) -> Iterator[ResourceChange]:
    for address, now in compared.now.items():
        if now not in compared.after.own:
            tracked = _tracked(before, compared.before.own[address].address)
            yield ResourceChange(
                address, Action.DESTROY, tracked.node, tracked.part, tracked.words, data=_data(tracked)
            )


def _there(compared: Comparison, before: Standing, after: Standing) -> Iterator[ResourceChange]:
    for address, instance in compared.after.own.items():
        tracked = _tracked(after, instance.address)
        old = compared.old.get(address)
        if old is None:
            yield ResourceChange(address, Action.CREATE, tracked.node, tracked.part, tracked.words)
            continue
        changed = compared.changed(address)
        previous = old if old != address else ""
        if not changed and not previous:
            continue
        action = Action.MOVE if not changed else Action.REPLACE if compared.forced(address) else Action.UPDATE
        causes = tuple(Cause(leaf) for leaf in dict.fromkeys(leaf for each in changed.values() for leaf in each))
        was = _tracked(before, compared.before.own[old].address)
        yield ResourceChange(
            address,
            action,
            tracked.node,
            tracked.part,
            tracked.words,
            previous,
            tuple(changed),
            causes,
            data=_data(was) if action is Action.REPLACE else "",
        )


def _tracked(standing: Standing, address: str) -> Tracked:
    recorded = standing.resources.get(address)
    return recorded.tracked if recorded else Tracked("", "", "environment")


def _data(tracked: Tracked) -> str:
    if not tracked.holds_data:
        return ""
    return f"{tracked.product}'s data" if tracked.product else f"the data of {tracked.node}"
