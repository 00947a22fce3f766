"""Changes that Terraform plans as an update in place, and that the platform refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from camp2iac.compiler import Result
from camp2iac.record import replace
from camp2iac.review.difference.model import Action, Refusal, ResourceChange
from camp2iac.review.difference.renamed import current
from camp2iac.synth.sourcemap import Standing

_LARGER = "Keep the size. For a smaller one, add a volume with another name, copy the data, and remove this one."


def compare(before: Result | None, after: Result | None, renamed: Mapping[str, str]) -> tuple[Refusal, ...]:
    """The refusals, in the order of the new plan. What is not of the same product on both sides is replaced."""
    if before is None or after is None or before.target.name != after.target.name:
        return ()
    there = {each.node for each in after.lowered.facts.families}
    found = before.lowered.facts.families
    was = {current((each.node, renamed.get(each.node, each.node)), there): each for each in found}
    return tuple(
        Refusal(now.node, old.value, now.value, now.instead)
        for now in after.lowered.facts.families
        if (old := was.get(now.node)) is not None
        and old.name != now.name
        and _product(old.value) == _product(now.value)
    )


def shrunk(
    before: Standing, after: Standing, stays: Mapping[str, str], changes: Sequence[ResourceChange]
) -> Iterator[Refusal]:
    """The volumes that stay and become smaller, by address. No platform shrinks a volume.

    ``stays``: address to the address in the new output.
    """
    by_address = {each.address: each for each in changes}
    for address, was in sorted(before.resources.items()):
        current = stays.get(address, "")
        now, change = after.resources.get(current), by_address.get(current)
        if now is None or was.size is None or now.size is None or now.size >= was.size:
            continue
        if change is None or change.action is not Action.REPLACE:
            causes = change.causes if change is not None else ()
            yield Refusal(now.node, f"{was.size} GiB", f"{now.size} GiB", _LARGER, now.words, causes)


def protected(changes: Sequence[ResourceChange], after: Standing) -> tuple[ResourceChange, ...]:
    """The changes. Terraform refuses to destroy or replace what the new output protects."""
    return tuple(
        replace(each, refused=True) if each.action in _GOES and _is_protected(each.address, after) else each
        for each in changes
    )


_GOES = (Action.DESTROY, Action.REPLACE)


def _is_protected(address: str, after: Standing) -> bool:
    found = after.resources.get(address.partition("[")[0])
    return found is not None and found.protected


def _product(plan: str) -> str:
    return plan.partition(":")[0]
