"""The parts of a plan that one side calls by an earlier name, as ``org.camp2iac:previously`` says.

Parts of different kinds can have one name: an artifact and the service that runs it. If only one of them is renamed,
the name exists on both sides. What one side says with it is then looked for on the other side with both names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import TypeVar

from camp2iac.record import Record, field
from camp2iac.review.difference.sides import PlanSide
from camp2iac.topology.ids import slug


class RenamedParts(Record, frozen=True):
    """``names``: the name in the old plan to the one in the new plan, as written. ``ids``: the same for ids."""

    names: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    def words(self, text: str) -> str:
        """A string of the old plan with the new names."""
        if not self.names:
            return text
        every = "|".join(re.escape(name) for name in sorted(self.names, key=lambda name: (-len(name), name)))
        return re.sub(rf"(?<![\w-])(?:{every})(?![\w-])", lambda found: self.names[found[0]], text)


def renamed(before: PlanSide, after: PlanSide) -> RenamedParts:
    """The renamed parts of two sides. Names that the new plan uses for another part of the kind do not count."""
    if before.result is None or after.result is None:
        return RenamedParts()
    there, known = _names(after), _names(before)
    names: dict[str, str] = {}
    for each in after.result.topology.renames:
        if each.kind in there and not each.owner:
            old = [name.value for name in each.previously]
            names.update({name: each.name for name in old if name in known[each.kind] - there[each.kind]})
    return RenamedParts(names, {slug(old): slug(new) for old, new in names.items()})


_Said = TypeVar("_Said")


def current(options: Iterable[_Said], there: Collection[_Said]) -> _Said:
    """What the old side says, in the words of the new one: the first of ``options`` that is ``there``, else the last.

    ``options``: with the old names first, and with the new names last.
    """
    last, *others = reversed(tuple(options))
    return next((each for each in reversed(others) if each in there), last)


def pairs(one: str, other: str, renamed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Two names of the old side, and with one or both of their new names. Both are last."""
    names = ((name, renamed.get(name, name)) for name in (one, other))
    yield from product(*names)


def _names(side: PlanSide) -> Mapping[str, frozenset[str]]:
    """The names of each kind of part."""
    if side.result is None:
        return {}
    topology = side.result.topology
    return {
        "artifact": frozenset(each.name for each in topology.components.values()),
        "service": frozenset(each.name for each in topology.services.values()),
        "tier": frozenset(topology.tiers),
        "network": frozenset(topology.networks),
        "parameter": frozenset(topology.parameters),
        "secret": frozenset(topology.secrets),
    }
