"""The part of the plan that a deployed resource belongs to, and instances that the next apply destroys."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.deployed import DeployedOutput

from camp2iac.cli.standings import read
from camp2iac.record import replace
from camp2iac.review.parts import DeployedParts
from camp2iac.targets.deployed import Inventory

ROOT = Path(__file__).parents[2]


def parts(example: str) -> DeployedParts:
    return read(ROOT / "examples" / example).parts


@pytest.fixture
def threetier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> DeployedOutput:
    folder = tmp_path / "infra/openstack"
    shutil.copytree(ROOT / "examples/threetier/infra/openstack", folder)
    return DeployedOutput("openstack", folder, monkeypatch, capsys)


def deployed(output: DeployedOutput, *more: str) -> dict[str, Any]:
    """The report on a state with each instance that the output declares, and others."""
    found = read(output.folder).parts
    addresses = [f"{block}{key}" for block in sorted(found.blocks) for key in found.keys(block) or [""]]
    resources = [
        {
            "address": address,
            "mode": "managed",
            "type": address.partition(".")[0],
            "name": address.partition(".")[2].partition("[")[0],
            "provider_name": "registry.terraform.io/terraform-provider-openstack/openstack",
            "schema_version": 0,
            "values": {"id": f"id-{number}"},
            "sensitive_values": {},
        }
        for number, address in enumerate([*addresses, *more])
    ]
    state = {
        "format_version": "1.0",
        "terraform_version": "1.11.4",
        "values": {"root_module": {"resources": resources}},
    }
    status, out, err = output.call("inventory", "--output", "json", given=json.dumps(state).encode())
    assert (status, err) == (0, "")
    shown: dict[str, Any] = json.loads(out)
    return shown


def test_a_secret_of_the_plan_is_a_part(threetier: DeployedOutput) -> None:
    document = deployed(threetier)
    assert not document["orphans"]
    (secret,) = [each for each in document["parts"] if each["kind"] == "secret"]
    assert (secret["name"], [each["address"] for each in secret["resources"]]) == ("seal", ["random_password.seal"])
    (rest,) = [each for each in document["parts"] if each["kind"] is None]
    assert not [each for each in rest["resources"] if each["address"].startswith("random_password.")]


def test_a_secret_with_the_name_of_a_component_stays_a_secret() -> None:
    known = parts("gallery/infra/docker").standing
    anchors = {
        ("camp.yaml#secret gallery" if name == "camp.yaml#secret session_key" else name): line
        for name, line in known.anchors.items()
    }
    origins = {
        name: place and place.replace("secret session_key", "secret gallery") for name, place in known.origins.items()
    }
    part = DeployedParts(replace(known, anchors=anchors, origins=origins), Inventory()).part(
        "random_password.session_key"
    )
    assert part.title == "secret gallery"


@pytest.mark.parametrize("asks", ["environments/openstack.yaml#tiers+1:3", None])
def test_the_port_of_a_worker(asks: str | None) -> None:
    """It belongs to the worker, also if the environment file places the tier: the worker's instance refers to it."""
    port = "openstack_networking_port_v2.background_main"
    known = parts("bookings/infra/openstack").standing
    assert known.part(port) == ("component", "api")
    origins = {**known.origins, port: asks}
    found = DeployedParts(replace(known, origins=origins), Inventory())
    assert found.part(port).title == "component api"
    assert found.part("openstack_networking_secgroup_v2.background").title == "component api"


def test_what_several_parts_use_belongs_to_none() -> None:
    found = parts("bookings/infra/openstack")
    for block in (
        "openstack_networking_network_v2.main",
        "openstack_networking_router_v2.main",
        "openstack_networking_secgroup_v2.machine",
        "openstack_networking_secgroup_rule_v2.machine_out",
    ):
        assert found.part(block).title == "not from the plan", block
    assert parts("bookings/infra/docker").part("docker_network.default").title == "not from the plan"
    assert parts("guestbook/infra/docker").part("docker_image.balancer").title == "component web"


def test_instances_above_a_written_count_are_orphans(threetier: DeployedOutput) -> None:
    """``stock`` has three ports for all values of the variables, and the rules have fixed keys."""
    gone = ['openstack_networking_port_v2.stock_back["stock-4"]', 'openstack_networking_port_v2.stock_back["stock-12"]']
    gone += ['openstack_networking_secgroup_rule_v2.machine_out["smtp"]', 'random_password.seal["old"]']
    document = deployed(threetier, *gone)
    assert sorted(each["address"] for each in document["orphans"]) == sorted(gone)
    assert not any(each["missing"] for each in document["parts"])


def test_instances_that_a_variable_counts_are_not_orphans(threetier: DeployedOutput) -> None:
    more = 'openstack_compute_instance_v2.shop["shop-9"]'
    document = deployed(threetier, more, "random_password.seal[0]")  # Terraform moves [0] to the single instance
    assert not document["orphans"]
    assert more in [each["address"] for part in document["parts"] for each in part["resources"]]


def test_an_orphan_is_in_each_format(threetier: DeployedOutput) -> None:
    deployed(threetier)
    address = 'openstack_networking_port_v2.stock_back["stock-4"]'
    resource = {"address": address, "type": "openstack_networking_port_v2", "values": {"id": "x"}}
    state = {"format_version": "1.0", "values": {"root_module": {"resources": [resource]}}}
    for form, said in (
        ("pretty", "no longer in the output: the next apply destroys it"),
        ("markdown", "## No longer in"),
    ):
        _, out, _ = threetier.call("inventory", "--output", form, given=json.dumps(state).encode())
        assert said in out
