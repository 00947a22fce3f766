"""Conditions on a difference, for ``--fail-on``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record
from camp2iac.review.difference.model import Action, Difference, EnvironmentDifference, ResourceChange

COST = "cost"
_AMOUNT = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?")
_SHOWN = 3


class Condition(Record, frozen=True):
    """``word``: of ``WORDS``, or ``cost``. ``amount``: of ``cost``, in USD a month: how much more is permitted."""

    word: str
    amount: float = 0


def condition(text: str) -> Condition | None:
    """The condition that a word names (``data``, ``cost:25``); None if there is none."""
    word, colon, amount = text.partition(":")
    if word == COST and colon and _AMOUNT.fullmatch(amount):
        return Condition(COST, float(amount))
    return Condition(word) if word in WORDS and not colon else None


def met(difference: Difference, conditions: Sequence[Condition]) -> tuple[str, ...]:
    """What meets the conditions: one sentence for each condition that is met."""
    found: list[str] = []
    for each in dict.fromkeys(conditions):
        if each.word == COST:
            found += _cost(difference, each.amount)
        else:
            said = [words for environment in difference.environments for words in WORDS[each.word](environment)]
            found += [f"{each.word}: {_some(said)}"] if said else []
    return tuple(found)


def _cost(difference: Difference, amount: float) -> Iterator[str]:
    costs = [each for environment in difference.environments for each in environment.costs]
    more = sum(each.after - each.before for each in costs)
    if more > amount:
        yield f"cost:{amount:g}: USD {more:,.2f} more a month"


def _some(said: Sequence[str]) -> str:
    more = len(said) - _SHOWN
    return listed([*said[:_SHOWN], *([f"{more} more"] if more > 0 else [])])


def _acts(environment: EnvironmentDifference, action: Action) -> Iterator[str]:
    for each in environment.resources:
        if each.action is action:
            yield f"{_words(each)} in {environment.name}"


def _words(change: ResourceChange) -> str:
    return f"{change.words} of {change.node}" if change.node else change.words


def _destroy(environment: EnvironmentDifference) -> Iterator[str]:
    yield from _acts(environment, Action.DESTROY)


def _replace(environment: EnvironmentDifference) -> Iterator[str]:
    yield from _acts(environment, Action.REPLACE)


def _data(environment: EnvironmentDifference) -> Iterator[str]:
    for each in environment.resources:
        if each.data:
            yield f"{each.data} on {_words(each)} in {environment.name}"
    for abandoned in environment.abandoned:
        yield f"{abandoned.data} on {abandoned.words} of {abandoned.node} in {environment.name}"


def _refused(environment: EnvironmentDifference) -> Iterator[str]:
    for each in environment.refusals:
        what = f"{each.words} of {each.node}" if each.words else each.node
        yield f"{what}, {each.before} to {each.after} in {environment.name}"
    for change in environment.resources:
        if change.refused:
            yield f"{_words(change)} is protected in {environment.name}"


def _public(environment: EnvironmentDifference) -> Iterator[str]:
    for each in environment.traffic:
        if each.opens and each.public:
            yield f"{each.destination}, {each.what} in {environment.name}"


def _lost(environment: EnvironmentDifference) -> Iterator[str]:
    for each in environment.portability:
        if each.after == "lost":
            yield f"{each.node}, {each.words} in {environment.name}"


WORDS: Mapping[str, Callable[[EnvironmentDifference], Iterator[str]]] = {
    "destroy": _destroy,
    "replace": _replace,
    "data": _data,
    "refused": _refused,
    "public": _public,
    "lost": _lost,
}
