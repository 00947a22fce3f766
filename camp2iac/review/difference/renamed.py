"""The parts of a plan that one side calls by an earlier name, as ``org.camp2iac:previously`` says."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
    """The renamed parts of two sides. Names that the new plan uses for another part do not count."""
    if before.result is None or after.result is None:
        return RenamedParts()
    there = _names(after)
    names: dict[str, str] = {}
    for each in after.result.topology.renames:
        if each.kind != "plan" and not each.owner:
            names.update({old.value: each.name for old in each.previously if old.value not in there})
    known = _names(before)
    names = {old: new for old, new in names.items() if old in known}
    return RenamedParts(names, {slug(old): slug(new) for old, new in names.items()})


def _names(side: PlanSide) -> frozenset[str]:
    if side.result is None:
        return frozenset()
    topology = side.result.topology
    components = (each.name for each in topology.components.values())
    services = (each.name for each in topology.services.values())
    others = (*topology.tiers, *topology.networks, *topology.parameters, *topology.secrets)
    return frozenset((*components, *services, *others))
