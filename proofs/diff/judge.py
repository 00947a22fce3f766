"""Compare what was said with what was planned: precision and recall of each action."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.record import Record
from diff.planned import ACTIONS, Act

#: what must be reached of precision and recall
BOUNDS = {action: 0.99 if action == "update" else 1.0 for action in ACTIONS}


class Judged(Record, frozen=True):
    """The result of one edit. ``missed``: planned and not said. ``wrong``: said and not planned.

    ``failed``: why it was not planned or not compared; empty if it was. ``lost``: what an edit that was applied
    destroyed or replaced, although it holds data; ``left``: what a second plan then planned. None if it is not applied.
    """

    base: str
    what: str
    planned: tuple[Act, ...] = ()
    missed: tuple[Act, ...] = ()
    wrong: tuple[Act, ...] = ()
    failed: str = ""
    explained: str = ""
    lost: tuple[Act, ...] | None = None
    left: tuple[Act, ...] | None = None

    @property
    def right(self) -> bool:
        """Whether what was said is what is planned."""
        return not (self.missed or self.wrong or self.failed)

    @property
    def kept(self) -> bool:
        """Whether nothing that holds data was destroyed or replaced, and the second plan was empty."""
        return not (self.failed or self.lost or self.left)


def judged(
    base: str, what: str, planned: Iterable[Act], said: Iterable[Act], perhaps: Iterable[Act], explained: str = ""
) -> Judged:
    """``perhaps``: said of instances that exist only if the operator scaled; right whether planned or not."""
    planned, said = frozenset(planned), frozenset(said)
    missed, wrong = planned - said - frozenset(perhaps), said - planned
    return Judged(base, what, ordered(planned), ordered(missed), ordered(wrong), explained=explained)


class Rate(Record, frozen=True):
    """Counts of one action: planned, said, and both."""

    action: str
    planned: int
    said: int
    both: int

    @property
    def precision(self) -> float:
        """The share of what was said that is planned."""
        return self.both / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """The share of what is planned that was said."""
        return self.both / self.planned if self.planned else 1.0

    @property
    def reached(self) -> bool:
        """Whether both are as high as they must be."""
        return min(self.precision, self.recall) >= BOUNDS[self.action]


def rates(results: Iterable[Judged]) -> tuple[Rate, ...]:
    """One for each action."""
    found = [each for each in results if not each.failed]
    return tuple(_rate(action, found) for action in ACTIONS)


def _rate(action: str, results: Iterable[Judged]) -> Rate:
    planned = missed = wrong = 0
    for each in results:
        planned += sum(act.action == action for act in each.planned)
        missed += sum(act.action == action for act in each.missed)
        wrong += sum(act.action == action for act in each.wrong)
    return Rate(action, planned, planned - missed + wrong, planned - missed)


def ordered(acts: Iterable[Act]) -> tuple[Act, ...]:
    """Sorted by action and address."""
    return tuple(sorted(acts, key=lambda act: (act.action, act.address)))
