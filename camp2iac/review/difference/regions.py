"""Regions that change. Terraform moves nothing to another region: what exists keeps the one it was created in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camp2iac.review.difference.edits import EditFinder
from camp2iac.review.difference.model import Action, Cause, RegionChange, ResourceChange
from camp2iac.review.difference.sides import PlanSide

_WORD = "region"


def regions(
    before: PlanSide, after: PlanSide, stays: Mapping[str, str], changes: Iterable[ResourceChange]
) -> tuple[RegionChange, ...]:
    """The regions that change, with the resources that stay in the previous one.

    ``stays``: address to the address in the new output. ``changes``: the effects. What is replaced for another reason
    is created in the new region.
    """
    if before.standing is None or after.standing is None:
        return ()
    replaced = {each.address.partition("[")[0] for each in changes if each.action is Action.REPLACE}
    found: dict[tuple[str, str], list[str]] = {}
    for address, was in before.standing.resources.items():
        current = stays.get(address, "")
        now = after.standing.resources.get(current)
        if now is not None and was.region and now.region and was.region != now.region:
            found.setdefault((was.region, now.region), []).extend([current] if current not in replaced else [])
    known = after.standing.resources
    return tuple(
        RegionChange(
            old,
            new,
            tuple(sorted({known[address].node for address in addresses})),
            tuple(sorted(addresses)),
            _causes(before, after, new),
        )
        for (old, new), addresses in sorted(found.items())
    )


def _causes(before: PlanSide, after: PlanSide, new: str) -> tuple[Cause, ...]:
    """The edits of keys named ``region``, with those to this region first; all of them if none names it."""
    if before.result is None or after.result is None:
        return ()
    edits = [each.cause for each in EditFinder(before, after).edits() if _WORD in each.words]
    own = [each for each in edits if each.after is not None and new in each.after.text]
    return tuple(dict.fromkeys(own or edits))
