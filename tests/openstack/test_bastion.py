"""A bastion: SSH from the operators to one tier, and from there to the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from camp2iac.synth.module import Ref
from tests.openstack.conftest import ENVIRONMENT, Lowering

RULE = "openstack_networking_secgroup_rule_v2"
PLAN = """\
services:
  - id: web
  - id: front
    characteristics:
      - characteristic_type: Machine
      - characteristic_type: org.camp2iac:Placement
        floating: {}
"""


Guard = Callable[..., Lowering]


@pytest.fixture
def guard(lower: Callable[..., Lowering], monkeypatch: pytest.MonkeyPatch) -> Guard:
    """Compile a plan with a bastion, ``front``, with or without a floating IP."""

    def run(floating: str, networks: str, tier: str = "front") -> Lowering:
        bastion = f"ssh_from: {{ tier: {tier}, from: {networks} }}"
        changed = ENVIRONMENT.replace("ssh_from: 192.0.2.0/24", bastion)
        monkeypatch.setitem(lower.__globals__, "ENVIRONMENT", changed)  # type: ignore[attr-defined]
        return lower(PLAN.format(floating))

    return run


def test_rules_and_the_address(guard: Guard) -> None:
    made = guard("true", "192.0.2.0/24")
    assert [name for name in made.addresses(RULE) if "ssh" in name] == [
        "front_ssh_from_192_0_2_0_24",
        "front_to_web_ssh",
        "web_ssh_from_front",
    ]
    assert made.block(f"{RULE}.web_ssh_from_front").get("remote_group_id") == Ref(
        "openstack_networking_secgroup_v2.front", ".id"
    )
    address = made.block("output.ssh_jump_host").get("value")
    assert address == Ref("openstack_networking_floatingip_v2.front", ".address")
    assert "ssh -J" in made.readme
    assert made.codes == []


@pytest.mark.parametrize(("networks", "closed"), [("192.0.2.0/24", True), ("10.8.0.0/16", False)])
def test_without_a_floating_ip(guard: Guard, networks: str, closed: bool) -> None:
    assert ("CAMP638" in guard("false", networks).codes) is closed


def test_open_to_the_world(guard: Guard) -> None:
    assert guard("true", "0.0.0.0/0").codes == ["CAMP452"]


def test_an_unknown_tier(guard: Guard) -> None:
    assert guard("true", "10.8.0.0/16", "frnt").codes == ["CAMP601"]
