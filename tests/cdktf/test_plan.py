"""Plans in apps: the example, and what a user may do with what a plan became."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.plans import EXAMPLES, ROOT
from support.terraform import Terraform

GUESTBOOK = EXAMPLES / "guestbook"
HEROKU = GUESTBOOK / "environments/heroku.yaml"
OPENSTACK = GUESTBOOK / "environments/openstack.yaml"


@pytest.fixture
def library() -> Any:
    from camp2iac.synth.cdktf import library

    return library()


@pytest.fixture
def app(library: Any, tmp_path: Path) -> Any:
    return library.App(outdir=str(tmp_path / "out"), skip_validation=True)


def written(app: Any, stack: str) -> dict[str, Any]:
    app.synth()
    content: dict[str, Any] = json.loads(Path(app.outdir, "stacks", stack, "cdk.tf.json").read_text())
    return content


@pytest.mark.terraform
def test_the_example(tmp_path: Path, terraform: Terraform) -> None:
    subprocess.run([sys.executable, EXAMPLES / "cdktf/main.py"], cwd=tmp_path, check=True)
    stacks = tmp_path / "cdktf.out/stacks"
    guestbook = json.loads((stacks / "guestbook/cdk.tf.json").read_text())
    assert guestbook["terraform"]["backend"] == {"http": {"address": "https://state.example.org/guestbook"}}
    assert guestbook["output"]["vip"]["value"] == "${openstack_lb_loadbalancer_v2.web.vip_address}"
    for machine in guestbook["resource"]["openstack_compute_instance_v2"].values():
        assert "cost_centre" in machine["metadata"]
    volume = guestbook["resource"]["openstack_blockstorage_volume_v3"]["database_data"]
    assert volume["description"] == "Visitors' names"
    fair = json.loads((stacks / "fair/cdk.tf.json").read_text())
    assert list(fair["resource"]["heroku_app"]) == ["north_web", "south_web"]
    assert fair["variable"]["south_web_app_name"]["default"] == "guestbook-south"
    assert fair["locals"]["south_greeting"] == "${random_password.words.result}"
    assert "south_greeting" not in fair["variable"]
    assert fair["output"]["south_health"]["value"].endswith("/healthz")
    assert len(fair["provider"]["heroku"]) == 1
    assert (stacks / "fair/north/build/web/Procfile").exists()
    for stack in (stacks / "guestbook", stacks / "fair"):
        terraform.init(stack)
        assert terraform.validate(stack) == []
    del fair["terraform"]["backend"]  # that of a stack that is not ours: a place on this machine
    (stacks / "fair/cdk.tf.json").write_text(json.dumps(fair))
    planned = terraform.plan(stacks / "fair")["resource_changes"]
    assert len([each for each in planned if each["type"] != "random_password"]) == 10


def test_parts_of_a_plan(app: Any) -> None:
    from camp2iac.cdktf import CampStack

    stack = CampStack(app, "guestbook", plan=GUESTBOOK, environment=OPENSTACK)
    database = stack.part("database")
    assert "openstack_blockstorage_volume_v3.database_data" in database.resources
    assert not any(".web" in address for address in database.resources)
    assert sorted(stack.part("web").outputs) == ["web_addresses", "web_url"]
    assert stack.output("web_url") == "http://${openstack_networking_floatingip_v2.web.address}"
    assert stack.resource("openstack_compute_instance_v2.web").friendly_unique_id == "web"
    for wrong in (lambda: stack.part("wbe"), lambda: stack.output("web_ulr"), lambda: stack.resource("heroku_app.web")):
        with pytest.raises(KeyError, match="the plan has no "):
            wrong()


def test_what_a_user_sets_comes_after_ours(app: Any) -> None:
    from camp2iac.cdktf import CampStack

    stack = CampStack(app, "guestbook", plan=GUESTBOOK, environment=OPENSTACK)
    machine = stack.resource("openstack_compute_instance_v2.web")
    machine.add_override("lifecycle.prevent_destroy", True)
    machine.add_override("flavor_id", "f")
    content = written(app, "guestbook")["resource"]["openstack_compute_instance_v2"]["web"]
    assert content["lifecycle"]["prevent_destroy"] is True
    assert content["lifecycle"]["ignore_changes"] == ["image_id", "scheduler_hints"]
    assert content["flavor_id"] == "f"


def test_state_is_where_terraform_puts_it(app: Any) -> None:
    from camp2iac.cdktf import CampStack

    CampStack(app, "guestbook", plan=GUESTBOOK, environment=HEROKU)
    assert "backend" not in written(app, "guestbook")["terraform"]


def test_a_provider_of_the_stack_is_taken(app: Any, library: Any) -> None:
    from camp2iac.cdktf import CampPlan

    stack = library.TerraformStack(app, "fair")
    CampPlan(stack, "a", plan=GUESTBOOK, environment=HEROKU)
    library.TerraformProvider(stack, "heroku", terraform_resource_type="heroku").add_override("email", "x")
    assert written(app, "fair")["provider"]["heroku"] == [{"email": "x"}]


def test_a_plan_inside_a_construct(app: Any, library: Any) -> None:
    import constructs

    from camp2iac.cdktf import CampPlan

    stack = library.TerraformStack(app, "fair")
    within: Any = constructs.Construct(stack, "hall-2")
    plan = CampPlan(within, "north", plan=GUESTBOOK, environment=HEROKU)
    assert plan.resource("heroku_app.web").friendly_unique_id == "hall_2_north_web"
    assert "web_url" in plan.part("web").outputs
    assert Path(app.outdir, "stacks/fair/hall_2_north/build/web/Procfile").exists()


def test_two_that_differ_in_a_provider(app: Any, library: Any, tmp_path: Path) -> None:
    from camp2iac.cdktf import CampPlan

    other = tmp_path / "other.yaml"
    other.write_text(OPENSTACK.read_text().replace("region:", "region: Elsewhere #", 1))
    assert "Elsewhere" in other.read_text()
    stack = library.TerraformStack(app, "fair")
    CampPlan(stack, "a", plan=GUESTBOOK, environment=OPENSTACK)
    with pytest.raises(ValueError, match="configure provider openstack differently"):
        CampPlan(stack, "b", plan=GUESTBOOK, environment=other)


def test_what_is_wrong_is_said(app: Any, tmp_path: Path) -> None:
    from camp2iac.cdktf import CampStack, PlanError

    wrong = tmp_path / "camp.yaml"
    wrong.write_text("camp_version: CAMP 1.1\nname: x\nartifacts: [{}]\n")
    with pytest.raises(PlanError, match=r"error\[CAMP"):
        CampStack(app, "a", plan=wrong, target="heroku")
    with pytest.raises(TypeError, match="name the platform"):
        CampStack(app, "b", plan=GUESTBOOK)
    with pytest.raises(KeyError, match=r"no variable web_app; it has .*web_app_name"):
        CampStack(app, "c", plan=GUESTBOOK, environment=HEROKU, variables={"web_app": "x"})


def test_the_documentation_names_what_there_is() -> None:
    text = (ROOT / "docs/cdktf.md").read_text()
    for word in ("CampStack", "CampPlan", "cdktn", "camp2iac[node]", "CAMP2IAC_PLAN", "CAMP711"):
        assert word in text


def test_the_backend_of_the_environment(app: Any, library: Any, tmp_path: Path) -> None:
    from camp2iac.cdktf import CampPlan, CampStack

    environment = tmp_path / "prod.yaml"
    environment.write_text(HEROKU.read_text() + "backend: { s3: { bucket: states, key: guestbook } }\n")
    CampStack(app, "guestbook", plan=GUESTBOOK, environment=environment)
    own = library.TerraformStack(app, "own")
    library.HttpBackend(own, address="https://state.example.org/own")
    CampPlan(own, "north", plan=GUESTBOOK, environment=environment)
    assert written(app, "guestbook")["terraform"]["backend"] == {"s3": {"bucket": "states", "key": "guestbook"}}
    assert written(app, "own")["terraform"]["backend"] == {"http": {"address": "https://state.example.org/own"}}
