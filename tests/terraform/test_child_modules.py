"""``module: true``: a root module uses the output several times, and Terraform's test plans it without a cloud."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from support.compiler import camp2iac
from support.plans import CASES
from support.terraform import Terraform

from camp2iac.targets.module_tests import FILE as TESTS

pytestmark = pytest.mark.terraform

EXAMPLES = CASES.parents[1] / "examples"
PLANS = [
    (EXAMPLES / "guestbook", "openstack"),
    (EXAMPLES / "guestbook", "heroku"),
    (EXAMPLES / "guestbook", "docker"),
    (EXAMPLES / "guestbook", "kubernetes"),
    (CASES / "kubernetes" / "shop", "ingress"),
    (EXAMPLES / "ledger", "openstack"),
    (CASES / "regions" / "two", "openstack"),
    (CASES / "values" / "parameters-and-secrets", "openstack"),
    (CASES / "values" / "parameters-and-secrets", "heroku"),
]


def made(plan: Path, name: str, place: Path, form: str) -> Path:
    shutil.copytree(plan, place / "plan", ignore=shutil.ignore_patterns("expected", "infra"))
    environment = place / "plan/environments" / f"{name}.yaml"
    text = re.sub("^region:.*\n", "", environment.read_text(), flags=re.MULTILINE)
    environment.write_text(text + "\nmodule: true\n")
    camp2iac("synth", place / "plan/camp.yaml", "-e", environment, "-o", place / "child", "--format", form)
    return place / "child"


def root(child: Path, place: Path) -> Path:
    """The root module as the README of the child shows it, twice the child."""
    readme = (child / "README.md").read_text()
    (shown,) = re.findall("```hcl\n(provider.*?)```", readme, re.DOTALL)
    shown = shown.replace("PATH/OF/THIS/FOLDER", "../child")
    tests = (child / TESTS).read_text()
    given = re.search(r"^variables \{\n(.*?)^\}", tests, re.DOTALL | re.MULTILINE)
    names = re.findall(r"^  (\w+) +=", given[1], re.MULTILINE) if given else []
    needed = re.findall(r"= var\.(\w+)$", shown, re.MULTILINE)
    assert set(needed) <= set(names), "the README names a variable that a plan does not need"
    values = "".join(f"  {name} = var.{name}\n" for name in names if name not in needed)
    declared = "".join(f'variable "{name}" {{}}\n' for name in names)
    versions = next(child.glob("versions.tf")).read_text()
    versions = re.sub(r"\n +configuration_aliases.*", "", versions)
    (place / "root").mkdir()
    (place / "root/main.tf").write_text(f"{versions}\n{declared}\n{shown.rstrip().removesuffix('}')}\n{values}}}\n")
    mocks = tests[: tests.index('run "')]
    (passed,) = set(re.findall(r"^  providers = \{\n.*?^  \}\n", tests, re.DOTALL | re.MULTILINE)) or {""}
    (place / "root" / TESTS).parent.mkdir()
    (place / "root" / TESTS).write_text(f'{mocks}run "plan" {{\n  command = plan\n\n{passed}}}\n')
    return place / "root"


@pytest.mark.parametrize(("plan", "name"), PLANS, ids=lambda value: value if isinstance(value, str) else value.name)
def test_used_twice(plan: Path, name: str, terraform: Terraform, tmp_path: Path) -> None:
    child = made(plan, name, tmp_path, "hcl")
    assert not (child / "providers.tf").exists()
    assert not terraform.unformatted(child)
    for module in (child, root(child, tmp_path)):
        terraform.init(module)
        if module is child:  # an alias has no provider until a root module passes one
            assert terraform.validate(module) == [] or "configuration_aliases" in (child / "versions.tf").read_text()
        said = terraform.run(module, "test", "-test-directory=terraform-tests", "-no-color")
        assert re.search("[1-9] passed, 0 failed", said), said


def test_in_json(terraform: Terraform, tmp_path: Path) -> None:
    child = made(EXAMPLES / "guestbook", "openstack", tmp_path, "json")
    terraform.init(child)
    said = terraform.run(child, "test", "-test-directory=terraform-tests", "-no-color")
    assert re.search("[1-9] passed, 0 failed", said), said


def test_a_root_module_with_a_mocked_provider(terraform: Terraform, tmp_path: Path) -> None:
    """Conditions about flavors stand the nulls of a mocked provider; quotas need values."""
    shutil.copytree(EXAMPLES / "guestbook", tmp_path / "plan", ignore=shutil.ignore_patterns("infra"))
    module, plan = tmp_path / "out", tmp_path / "plan"
    with (plan / "environments/openstack.yaml").open("a") as file:
        file.write("quota_check: false\n")
    camp2iac("synth", plan / "camp.yaml", "-e", plan / "environments/openstack.yaml", "-o", module)
    mocks = 'mock_provider "openstack" {}\nmock_provider "random" {}\n'
    (module / TESTS).write_text(mocks + 'run "plan" {\n  command = plan\n}\n')
    terraform.init(module)
    assert "1 passed" in terraform.run(module, "test", "-test-directory=terraform-tests", "-no-color")
