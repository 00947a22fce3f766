"""Changes that Terraform plans as an update in place, and that the platform refuses."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.compiler import Result
from camp2iac.review.difference.model import Refusal


def compare(before: Result | None, after: Result | None, renamed: Mapping[str, str]) -> tuple[Refusal, ...]:
    """The refusals, in the order of the new plan. What is not of the same product on both sides is replaced."""
    if before is None or after is None or before.target.name != after.target.name:
        return ()
    was = {renamed.get(each.node, each.node): each for each in before.lowered.facts.families}
    return tuple(
        Refusal(now.node, old.value, now.value, now.instead)
        for now in after.lowered.facts.families
        if (old := was.get(now.node)) is not None
        and old.name != now.name
        and _product(old.value) == _product(now.value)
    )


def _product(plan: str) -> str:
    return plan.partition(":")[0]
