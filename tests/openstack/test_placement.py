"""Where instances are placed, and which addresses of a network are free."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Network

import pytest

from camp2iac.targets.base import Outcome
from camp2iac.targets.openstack.resources.networks import _free
from tests.openstack.conftest import Lowering

WEB = """\
services:
  - id: web
    characteristics:
      - characteristic_type: org.camp2iac:Placement
"""


@pytest.mark.parametrize(
    ("reserved", "free"),
    [
        ((), ["2-14"]),
        (("10.0.0.0/32",), ["2-14"]),
        (("10.0.0.2/32",), ["3-14"]),
        (("10.0.0.3/32",), ["2-2", "4-14"]),
        (("10.0.0.12/31", "10.0.0.4/30"), ["2-3", "8-11", "14-14"]),
        (("10.0.0.8/29",), ["2-7"]),
        (("10.0.0.14/32",), ["2-13"]),
        (("10.0.0.13/32",), ["2-12", "14-14"]),
        (("10.0.0.0/28",), []),
    ],
)
def test_free_addresses(reserved: tuple[str, ...], free: list[str]) -> None:
    found = _free(IPv4Network("10.0.0.0/28"), reserved)
    assert [f"{int(start) & 15}-{int(end) & 15}" for start, end in found] == free


@pytest.mark.parametrize(
    ("plan", "environment", "outcome"),
    [
        ("zone: z1", "", Outcome.KEPT),
        ("zone: z1", "tiers: { web: { zone: z1 } }\n", Outcome.KEPT),
        ("zone: z1", "tiers: { web: { zone: z2 } }\n", Outcome.DEGRADED),
        ("region: R1", "region: R1\n", Outcome.KEPT),
        ("region: R1", "tiers: { web: { region: R2 } }\nregions: { R2: {} }\n", Outcome.DEGRADED),
        ("spread: hard", "", Outcome.KEPT),
        ("together: hard", "", Outcome.KEPT),
        ("together: false", "", Outcome.KEPT),
    ],
)
def test_what_becomes_of_a_placement(
    lower: Callable[..., Lowering], plan: str, environment: str, outcome: Outcome
) -> None:
    made = lower(WEB + f"        {plan}\n", environment)
    key = plan.partition(":")[0]
    (entry,) = [entry for entry in made.ledger if key in entry.statement.words]
    assert entry.outcome is outcome
