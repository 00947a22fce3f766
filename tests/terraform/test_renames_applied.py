"""Real Terraform applies a plan, and then plans the same with other names: it destroys and replaces nothing.

The providers are the stand-ins, which create what only a cloud knows.
"""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from standin.mirror import recorded, write_mirror
from support import renaming
from support.compiler import in_process
from support.plans import EXAMPLES
from support.terraform import Terraform

from camp2iac.targets import registry
from camp2iac.topology.renames.model import KEY

pytestmark = pytest.mark.terraform

Plan = dict[str, Any]
Edit = Callable[[Plan], None]
SCALE = {"characteristic_type": "org.camp2iac:Scale", "min": 1, "initial": 2, "max": 3}


@pytest.fixture(scope="module")
def standin(terraform: Terraform, tmp_path_factory: pytest.TempPathFactory) -> Terraform:
    """Terraform with the stand-ins, also where the real providers are installed."""
    folder = tmp_path_factory.mktemp("standin")
    environment = {**terraform.environment, "TF_CLI_CONFIG_FILE": str(write_mirror(folder / "mirror", recorded()))}
    environment.pop("TF_PLUGIN_CACHE_DIR", None)
    return dataclasses.replace(terraform, environment=environment, says="STAND-IN", timeout=600)


class Project:
    """A copy of an example, and a state."""

    def __init__(self, example: str, environment: str, folder: Path, terraform: Terraform) -> None:
        shutil.copytree(EXAMPLES / example, folder, ignore=shutil.ignore_patterns("infra", ".terraform*"))
        self.folder, self.terraform = folder, terraform
        self.file = folder / "environments" / f"{environment}.yaml"
        self.plan = renaming.load((folder / "camp.yaml").read_text())
        self.state = folder / "terraform.tfstate"

    def rename(self, *names: tuple[renaming.Part, str]) -> None:
        """Give parts other names. A name that a part had before stays in its list."""
        target = registry.find(renaming.load(self.file.read_text())["target"])
        assert target is not None
        for part, name in names:
            tiered = renaming.names_a_tier(self.plan, part)
            self.file.write_text(renaming.environment(self.file.read_text(), target, part, name, tiered))
            self.plan = renaming.renamed(self.plan, part, name)

    def output(self, name: str, form: str = "hcl") -> Path:
        """The output of the plan as it is now, with the state."""
        (self.folder / "camp.yaml").write_text(renaming.dump(self.plan))
        out = self.folder / "infra" / name
        in_process("synth", self.folder / "camp.yaml", "-e", self.file, "-o", out, "--format", form)
        (out / "terraform.tfvars.json").write_text(json.dumps(dict.fromkeys(_asked(out), "given")))
        if self.state.exists():
            shutil.copy(self.state, out)
        options = ["-input=false", "-no-color"]
        self.terraform.run(out, "init", *options)
        return out

    def apply(self, name: str) -> None:
        """Apply the plan as it is now."""
        out = self.output(name)
        self.terraform.run(out, "apply", "-auto-approve", "-input=false", "-no-color")
        shutil.copy(out / "terraform.tfstate", self.state)

    def actions(self, name: str, form: str = "hcl") -> dict[str, list[str]]:
        """What Terraform would do with resources of the state: address to actions, if there are any."""
        out = self.output(name, form)
        plan = self.terraform.plan(out)
        changes = plan.get("resource_changes", ())
        return {
            each["address"]: each["change"]["actions"] for each in changes if each["change"]["actions"] != ["no-op"]
        }


def _asked(out: Path) -> list[str]:
    """The variables that an operator gives."""
    found = out / "variables.tf"
    if not found.exists():
        return []
    blocks = re.findall(r'^variable "(\w+)" \{\n((?:.*\n)*?)\}$', found.read_text(), re.MULTILINE)
    return [name for name, body in blocks if "  default " not in body]


def everything(plan: Plan) -> list[tuple[renaming.Part, str]]:
    """Another name for each part. The plan's name is last, because others are found without it."""
    return [(part, f"x{number}{part.kind}") for number, part in enumerate(renaming.parts(plan))]


@pytest.mark.parametrize(
    ("example", "environment", "form"),
    [
        ("guestbook", "openstack", "hcl"),
        ("guestbook", "openstack", "json"),
        ("bookings", "openstack", "hcl"),
        ("guestbook", "heroku", "hcl"),
        ("bookings", "heroku", "hcl"),
    ],
)
def test_nothing_changes(example: str, environment: str, form: str, tmp_path: Path, standin: Terraform) -> None:
    """All parts get other names at once. Terraform only moves them."""
    project = Project(example, environment, tmp_path / example, standin)
    project.apply("before")
    project.rename(*everything(project.plan))
    assert project.actions("after", form) == {}


def _service(plan: Plan, name: str) -> Plan:
    return next(each for each in renaming.services(plan) if each.get("id") == name)


def _with_scale(name: str) -> Edit:
    return lambda plan: _service(plan, name)["characteristics"].append(dict(SCALE))


def _without_scale(name: str) -> Edit:
    def edit(plan: Plan) -> None:
        service = _service(plan, name)
        service["characteristics"] = [
            each for each in service["characteristics"] if each["characteristic_type"] != "org.camp2iac:Scale"
        ]

    return edit


@pytest.mark.parametrize("applied", ["web", "middle"])
@pytest.mark.parametrize("scaled", [True, False])
def test_scale_comes_or_goes_with_the_name(applied: str, scaled: bool, tmp_path: Path, standin: Terraform) -> None:
    """A tier is renamed, once or twice, and gets or loses Scale at the same time. Its first instance stays."""
    project = Project("guestbook", "openstack", tmp_path / "guestbook", standin)
    if scaled:
        _without_scale("web")(project.plan)
    if applied != "web":
        project.rename((renaming.Part("service", "web"), "middle"))
    project.apply("before")
    if applied == "web":
        project.rename((renaming.Part("service", "web"), "middle"))
    project.rename((renaming.Part("service", "middle"), "front"))
    _service(project.plan, "front")[KEY] = ["web", "middle"]
    (_with_scale if scaled else _without_scale)("front")(project.plan)
    found = project.actions("after")
    assert not [address for address, actions in found.items() if "-1" in address and "delete" in actions], found
    lost = {address for address, actions in found.items() if "delete" in actions}
    second = {address for address in lost if address.endswith(('["web-2"]', '["middle-2"]', '["front-2"]'))}
    assert lost == second
    created = {address for address, actions in found.items() if actions == ["create"]}
    assert all(address.endswith(('["front-2"]', '["front-3"]')) for address in created), created
