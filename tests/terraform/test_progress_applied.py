"""``camp2iac progress`` and ``inventory`` in a pipeline after real Terraform: a module without a cloud."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from support.terraform import Terraform

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

MODULE = """\
resource "terraform_data" "database" { input = "x" }
resource "terraform_data" "web" {
  count = 2
  input = terraform_data.database.id
  lifecycle {
    precondition {
      condition     = !var.fails
      error_message = "The web cannot run."
    }
  }
}
variable "fails" { default = false }
output "web_url" { value = "http://web-${length(terraform_data.web)}.example.org" }
output "password" {
  value     = "SECRET"
  sensitive = true
}
"""
SOURCE_MAP = {
    "format": 3,
    "version": "0",
    "target": "openstack",
    "plan": "camp.yaml",
    "environment": None,
    "anchors": {"camp.yaml#component web": 3, "camp.yaml#service database": 9},
    "origins": {
        "terraform_data.database": "camp.yaml#service database+0:5",
        "terraform_data.web": "camp.yaml#component web+1:5",
        "output.web_url": "camp.yaml#component web+1:5",
    },
    "resources": {},
}


@pytest.fixture
def module(tmp_path: Path, terraform: Terraform) -> Path:
    (tmp_path / "main.tf").write_text(MODULE)
    (tmp_path / ".camp2iac.json").write_text(json.dumps(SOURCE_MAP))
    (tmp_path / ".camp2iac.digests.json").write_text(json.dumps({"format": 3, "inputs": {}, "files": {}}))
    terraform.run(tmp_path, "init", "-input=false", "-no-color")
    return tmp_path


def pipeline(terraform: Terraform, folder: Path, arguments: str, command: str) -> tuple[int, str]:
    """The exit status and the output of ``terraform ARGUMENTS | camp2iac COMMAND``, with pipefail."""
    line = f"set -o pipefail; {shlex.join(terraform.command)} {arguments} | {sys.executable} -m camp2iac {command}"
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env={**terraform.environment, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=terraform.timeout,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_life(module: Path, terraform: Terraform) -> None:
    status, said = pipeline(terraform, module, "plan -json -out=p", "progress")
    assert status == 0, said
    assert "Nothing was applied.\n  component web     2 to create\n  service database  1 to create\n" in said
    status, said = pipeline(terraform, module, "apply -json -auto-approve -var=fails=true", "progress")
    assert status == 1
    assert "error: Resource precondition failed" in said
    assert "--> camp.yaml:4:5, component web" in said
    status, said = pipeline(terraform, module, "apply -json -auto-approve", "progress")
    assert status == 0, said
    assert "The plan: 3 to create." in said
    assert "  component web     2 created\n  service database  1 created\n" in said
    assert "password = (sensitive)\n  web_url = http://web-2.example.org\n" in said
    status, said = pipeline(terraform, module, "show -json", "inventory")
    assert (status, said.splitlines()[0]) == (0, "3 resources on openstack")
    assert "SECRET" not in said
    terraform.run(module, "plan", "-out=p", "-destroy", "-no-color")
    status, said = pipeline(terraform, module, "show -json p", "inventory")
    assert "The input is a plan" in said.replace("\n", " ")
    status, said = pipeline(terraform, module, "destroy -json -auto-approve", "progress")
    assert status == 0, said
    assert "  component web     2 destroyed\n  service database  1 destroyed\n" in said
    status, said = pipeline(terraform, module, "show -json", "inventory")
    assert said.startswith("0 resources on openstack, ")


def test_terraform_that_prints_nothing(module: Path, terraform: Terraform) -> None:
    status, said = pipeline(terraform, module, "no-such-command 2>/dev/null", "progress")
    assert status == 1
    assert "CAMP739" in said
