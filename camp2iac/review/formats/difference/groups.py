"""Environments with the same difference are said once."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record, replace
from camp2iac.review.difference.model import Difference, EnvironmentDifference
from camp2iac.review.formats.difference.findings import RANKS, Finding, findings
from camp2iac.review.formats.difference.lists import several


class Alike(Record, frozen=True):
    """Environments, by name, that have one difference, and what to say about it."""

    names: tuple[str, ...]
    difference: EnvironmentDifference
    found: Mapping[str, list[Finding]]

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to say."""
        return self.difference.same and not self.difference.notes and self.difference.status == "changed"

    @property
    def title(self) -> str:
        """``staging and production (openstack)``, with a word if they are new or were removed.

        An environment that has the name of its platform is said once.
        """
        status = {"added": ", new", "removed": ", removed", "changed": ""}[self.difference.status]
        names, target = several(self.names), self.difference.target
        return f"{names}{'' if target in ('', names) else f' ({target})'}{status}"


def alike(difference: Difference) -> tuple[Alike, ...]:
    """The environments in groups with the same difference: the one with the most dangerous finding first."""
    groups: dict[EnvironmentDifference, list[str]] = {}
    for each in difference.environments:
        groups.setdefault(replace(each, name=""), []).append(each.name)
    made = [Alike(tuple(names), each, findings(each)) for each, names in groups.items()]
    return tuple(sorted(made, key=_worst))


def _worst(group: Alike) -> int:
    return min((RANKS[each.danger] for found in group.found.values() for each in found), default=len(RANKS))
