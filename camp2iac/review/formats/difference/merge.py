"""Environments with the same difference are said once."""

from __future__ import annotations

from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record, replace
from camp2iac.review.difference.model import Difference, EnvironmentDifference

MOST_NAMES = 4


class Alike(Record, frozen=True):
    """Environments, by name, that have one difference."""

    names: tuple[str, ...]
    difference: EnvironmentDifference

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to say."""
        return self.difference.same and not self.difference.notes and self.difference.status == "changed"

    @property
    def title(self) -> str:
        """``staging and production (openstack)``, with a word if they are new or were removed."""
        status = {"added": ", new", "removed": ", removed", "changed": ""}[self.difference.status]
        return f"{several(self.names)} ({self.difference.target}){status}"


def alike(difference: Difference) -> tuple[Alike, ...]:
    """The environments in groups with the same difference; in the order of their first ones."""
    groups: dict[EnvironmentDifference, list[str]] = {}
    for each in difference.environments:
        groups.setdefault(replace(each, name=""), []).append(each.name)
    return tuple(Alike(tuple(names), each) for each, names in groups.items())


def several(names: tuple[str, ...] | list[str], most: int = MOST_NAMES) -> str:
    """``a, b and c``; ``a, b, c and 7 more`` if there are more than ``most``."""
    if len(names) <= most:
        return listed(names)
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1:,} more"
