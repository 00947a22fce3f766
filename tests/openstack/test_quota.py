"""The sums of what the module creates, and the checks against the project's quota."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from camp2iac.synth import hcl
from camp2iac.synth.check import check
from camp2iac.synth.module import Attribute, Block, Module, Ref
from camp2iac.synth.remarks import lines
from tests.openstack.conftest import Lowering
from tests.openstack.test_target import PUBLIC, WEB, said

DATABASE = "  - id: database\n    characteristics:\n      - characteristic_type: PostgreSQL\n"


def makes(made: Lowering, label: str = "makes") -> Mapping[str, Mapping[str, str]]:
    """The sums, as HCL writes them."""
    found = made.local(label)
    assert isinstance(found, Mapping)
    return {
        name: {key: _text(value) for key, value in sums.items()}
        for name, sums in found.items()
        if isinstance(sums, Mapping)
    }


def _text(value: object) -> str:
    module = Module({"x.tf": [Block("locals", body=(Attribute("x", value),))]})  # type: ignore[arg-type]
    return hcl.write(module)["x.tf"].split("=", 1)[1].rsplit("}", 1)[0].strip()


def test_sums_follow_the_variables(lower: Callable[..., Lowering]) -> None:
    volume = said("Volume", name="data", size="10 GiB") + said("Volume", name="log", size="5 GiB", mount="/var/log/db")
    made = lower(PUBLIC + WEB + said("Scale", min=1, max=3) + said("Balance") + DATABASE + volume)
    assert makes(made) == {
        "compute": {
            "instances": "var.web_count + 1",
            "cores": "var.web_count + 1",
            "ram": "var.web_count * 2048 + 2048",
        },
        "volumes": {"volumes": "2", "gigabytes": "15"},
        "network": {"network": "2", "router": "1", "security_group": "3", "floatingip": "1"},
    }
    assert check(made.module) == []


def test_the_cloud_says_what_a_flavor_has(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Scale", min=1, max=3) + said("Compute", cores=2, memory="2 GiB"), None)
    assert makes(made)["compute"]["cores"] == "var.web_count * coalesce(data.openstack_compute_flavor_v2.web.vcpus, 0)"


def test_what_a_variable_decides_is_left_out_and_said(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Scale", min=1, max=3), None)
    assert makes(made)["compute"] == {"instances": "var.web_count"}
    comments = [i.comment for b in made.module.files["quota.tf"] for i in b.body if isinstance(i, Attribute)]
    assert any("cores and ram leave out web" in line for comment in comments for line in lines(comment))


def test_each_machine_s_floating_address_counts(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Scale", min=1, max=3))
    assert makes(made)["network"]["floatingip"] == "var.web_count"


def test_machines_that_boot_from_volumes(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Scale", min=2, max=2), "boot_volume: { size: 20 GiB }\n")
    assert makes(made)["volumes"] == {"volumes": "2", "gigabytes": "40"}


def test_a_check_for_each_service_asks_for_itself(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Scale", min=1, max=3))
    assert made.addresses("check") == ["quota_compute", "quota_network"]
    data = made.block("data.openstack_compute_quotaset_v2.quota")
    assert data.get("project_id") == Ref("data.openstack_identity_auth_scope_v3.project", ".project_id")


def test_each_region_has_a_quota_of_its_own(lower: Callable[..., Lowering]) -> None:
    two = WEB + said("Placement", region="one") + DATABASE + said("Placement", region="two")
    made = lower(PUBLIC + two, "region: one\n")
    assert makes(made)["compute"]["instances"] == "1"
    assert makes(made, "makes_two")["compute"]["instances"] == "1"
    data = made.block("data.openstack_compute_quotaset_v2.quota_two")
    assert data.get("provider") == Ref("openstack.two")
    assert check(made.module) == []


def test_it_can_be_left_out(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB, "quota_check: false\n")
    assert "quota.tf" not in made.module.files
