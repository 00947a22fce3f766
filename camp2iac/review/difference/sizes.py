"""What the platform must provide: sums for quotas and limits."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.compiler import Result
from camp2iac.review.difference.model import SizeChange
from camp2iac.targets.facts import Required


def compare(before: Result | None, after: Result | None) -> tuple[SizeChange, ...]:
    """The sums that differ, in the order of the new output, and then those that it does not have.

    They are of what exists at first. If only the most differs, that is said: ``instances at most``.
    """
    return tuple(_changes(_required(before), _required(after)))


def _required(result: Result | None) -> dict[str, Required]:
    return {each.what: each for each in result.lowered.facts.required} if result is not None else {}


def _changes(old: dict[str, Required], new: dict[str, Required]) -> Iterator[SizeChange]:
    for what in {**new, **old}:
        was, now = (found.get(what, Required(what, 0, 0)) for found in (old, new))
        if was.first != now.first:
            yield SizeChange(what, was.first, now.first)
        elif was.most != now.most:
            yield SizeChange(f"{what} at most", was.most, now.most)
