"""docs/overrides.md: an override file of the user's survives ``synth`` and takes effect in Terraform."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.compiler import camp2iac
from support.plans import EXAMPLES
from support.terraform import Terraform

pytestmark = pytest.mark.terraform

ADDON = 'resource "heroku_addon" "database" {\n  plan = "heroku-postgresql:standard-2"\n}\n'


@pytest.fixture
def output(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLES / "guestbook", tmp_path / "guestbook", ignore=shutil.ignore_patterns("infra"))
    synth(tmp_path / "guestbook")
    return tmp_path / "guestbook/infra/heroku"


def synth(folder: Path, *arguments: str) -> None:
    camp2iac("synth", folder / "camp.yaml", "-e", folder / "environments/heroku.yaml", *arguments)


def planned(terraform: Terraform, output: Path) -> str:
    """The plan of the add-on that Terraform would create."""
    plan = terraform.plan(output)
    (addon,) = [each for each in plan["resource_changes"] if each["address"] == "heroku_addon.database"]
    found: str = addon["change"]["after"]["plan"]
    return found


def test_it_takes_effect(output: Path, terraform: Terraform) -> None:
    file = output / "database_override.tf"
    terraform.init(output)
    assert planned(terraform, output) == "heroku-postgresql:essential-0"
    file.write_text(ADDON)
    assert planned(terraform, output) == "heroku-postgresql:standard-2"
    before = {path: path.read_bytes() for path in output.iterdir() if path.is_file()}
    synth(output.parents[1])
    synth(output.parents[1], "--check")  # exit status 2 would fail
    assert {path: path.read_bytes() for path in output.iterdir() if path.is_file()} == before
    assert file.read_text() == ADDON
    assert planned(terraform, output) == "heroku-postgresql:standard-2"


def test_for_what_does_not_exist(output: Path, terraform: Terraform) -> None:
    """An override for an address that is gone is an error of Terraform, so it does not lose its effect unseen."""
    terraform.init(output)
    (output / "database_override.tf").write_text(ADDON.replace('"database"', '"gone"'))
    assert any("Missing resource to override" in each or "Missing base" in each for each in terraform.validate(output))


def test_it_is_not_ignored(output: Path) -> None:
    """The output's ``.gitignore`` lets it be committed."""
    ignored = (output / ".gitignore").read_text()
    assert "!/*.tf\n" in ignored
    assert "override" not in ignored
