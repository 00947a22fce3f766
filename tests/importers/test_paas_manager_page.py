"""The commands of docs/paas-manager.md: what needs no cloud with the providers there are, all with stand-ins."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import site_text
from standin.mirror import recorded, write_mirror
from support.page_runs import PageRun
from support.plans import ROOT
from support.terraform import Terraform, command

PAGE = ROOT / "docs/paas-manager.md"
BLUEPRINT = next(each.text for each in site_text.fences(PAGE.read_text(encoding="utf-8")) if each.language == "json")


def page(folder: Path, terraform: Terraform) -> PageRun:
    made = PageRun(PAGE, folder, terraform, {})
    (made.here / "shop.json").write_text(BLUEPRINT)
    return made


@pytest.fixture
def pretended(tmp_path: Path) -> Terraform:
    """Terraform with stand-ins for the providers, which apply without a cloud."""
    config = write_mirror(tmp_path / "mirror", recorded())
    environment = {name: each for name, each in os.environ.items() if not name.startswith(("TF_", "OS_"))}
    environment |= {"TF_CLI_CONFIG_FILE": str(config), "CHECKPOINT_DISABLE": "1"}
    return Terraform(command(), environment, tmp_path, "STAND-IN")


def test_without_a_cloud(tmp_path: Path, terraform: Terraform) -> None:
    run = page(tmp_path, terraform)
    run.run("Environments and tiers")
    run.run("Products")


@pytest.mark.slow
@pytest.mark.terraform
def test_every_command(tmp_path: Path, pretended: Terraform) -> None:
    run = page(tmp_path, pretended)
    for section in list(run.left):
        printed = run.run(section)
        if section == "Tier instances":
            assert ": 3 created." in printed, printed
            assert ": 3 destroyed." in printed, printed
            assert "replaced" not in printed
    assert not run.left
