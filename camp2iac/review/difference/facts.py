"""The facts of a difference beside the resources: traffic, secrets, portability, sizes, costs and releases."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from camp2iac.compiler import Result
from camp2iac.record import Record
from camp2iac.review.difference import costs, portability, refusals, releases, secrets, sizes, traffic
from camp2iac.review.difference.model import (
    CostChange,
    PortabilityChange,
    Refusal,
    ReleaseChange,
    SecretChange,
    SizeChange,
    TrafficChange,
)

_NONE: Mapping[str, str] = MappingProxyType({})


class Facts(Record, frozen=True):
    """What differs between two results. Each tuple is sorted and has no duplicates."""

    traffic: tuple[TrafficChange, ...]
    secrets: tuple[SecretChange, ...]
    portability: tuple[PortabilityChange, ...]
    sizes: tuple[SizeChange, ...]
    costs: tuple[CostChange, ...]
    releases: tuple[ReleaseChange, ...]
    refusals: tuple[Refusal, ...] = ()


def facts(before: Result | None, after: Result | None, renamed: Mapping[str, str] = _NONE) -> Facts:
    """Compare two results of one environment. Pure, and linear in the size of the plans.

    The results can be for different platforms. No value of a secret is read.

    Args:
        before: the old result. None: the environment did not exist.
        after: the new result. None: the environment does not exist any more.
        renamed: old ids of nodes (tiers, services, components, networks, parameters) to their new ones. What only has
            another name is not a difference.
    """
    return Facts(
        traffic=traffic.compare(before, after, renamed),
        secrets=secrets.compare(before, after, renamed),
        portability=portability.compare(before, after, renamed),
        sizes=sizes.compare(before, after),
        costs=costs.compare(before, after, renamed),
        releases=releases.compare(before, after, renamed),
        refusals=refusals.compare(before, after, renamed),
    )
