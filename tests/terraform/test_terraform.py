"""Real Terraform on every example and case: `fmt -check`, `init`, `validate`; and plans, where no cloud is asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.plans import EXAMPLES, Compilation, compilations
from support.terraform import Terraform, copy_module

pytestmark = pytest.mark.terraform


@pytest.mark.parametrize("compilation", compilations(), ids=lambda each: each.id)
def test_terraform_is_content(compilation: Compilation, terraform: Terraform, tmp_path: Path) -> None:
    module = copy_module(compilation.package, compilation.output, tmp_path / compilation.package.name)
    assert terraform.unformatted(module) == ""
    terraform.init(module)
    assert terraform.validate(module) == []


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*/infra/heroku")), ids=lambda each: each.parts[-3])
def test_heroku_is_planned_without_asking_it(example: Path, terraform: Terraform, tmp_path: Path) -> None:
    module = copy_module(example.parent.parent, example, tmp_path / "package")
    terraform.init(module)
    asked = re.findall(
        r'^variable "(\w+)" \{\n(?:(?!  default|\}).*\n)*\}', (module / "variables.tf").read_text(), re.M
    )
    plan = terraform.plan(module, *(f"-var={name}=given" for name in asked))
    actions = {tuple(each["change"]["actions"]) for each in plan["resource_changes"] if each["mode"] == "managed"}
    assert actions == {("create",)}


@pytest.mark.parametrize("platform", ["docker", "heroku", "kubernetes", "openstack"])
def test_init_leaves_cached_providers_alone(platform: str, terraform: Terraform, tmp_path: Path) -> None:
    """Another process may execute them at that moment."""
    example = EXAMPLES / "guestbook"
    written: list[dict[str, int]] = []
    for use in ("first", "second"):
        terraform.init(copy_module(example, example / "infra" / platform, tmp_path / use))
        cached = (terraform.cache / "plugins").glob("*/*/*/*/*")
        written.append({str(each): each.lstat().st_ctime_ns for each in cached})
    before, after = written
    assert before
    assert {path: after[path] for path in before} == before
