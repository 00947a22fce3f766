"""Fixtures: a module, Terraform with the real provider, and the simulated platform."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.terraform import Terraform

from heroku.api import Platform
from heroku.support_heroku import Output

NO_DELAY = 'provider "heroku" {\n  delays {\n    post_app_create_delay = 0\n    post_space_create_delay = 0\n  }\n}\n'
#: the warning of a run that cannot apply anything
LOUD = "THE REAL HEROKU PROVIDER IS NOT HERE: nothing was applied; with the stand-in, the module was planned"


class Applied:
    """A module's initialised folder. With a stand-in for the provider, it is planned and the test is skipped."""

    def __init__(self, folder: Path, output: Output, platform: Platform, terraform: Terraform) -> None:
        self.folder, self.platform, self.terraform = output.write(folder), platform, terraform
        (folder / "override.tf").write_text(NO_DELAY)
        self.environment = {**terraform.environment, "HEROKU_API_URL": platform.base, "HEROKU_API_KEY": "any"}
        terraform.init(folder)
        if not terraform.real:
            (folder / "override.tf").unlink()
            terraform.plan(folder, *(f"-var={name}=given" for name in asked(folder)))
            print(f"\n{'!' * 20} {LOUD}", file=sys.stderr)
            pytest.skip(LOUD)

    def run(self, *arguments: str, accept: tuple[int, ...] = (0,), errors: bool = True) -> str:
        """Terraform's output, with errors or only standard output (for JSON)."""
        done = subprocess.run(
            [*self.terraform.command, *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode in accept, f"terraform {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr if errors else done.stdout

    def apply(self, *arguments: str, accept: tuple[int, ...] = (0,)) -> str:
        return self.run("apply", "-auto-approve", "-input=false", "-no-color", *arguments, accept=accept)

    def changes(self, *arguments: str) -> dict[str, list[str]]:
        """The changes of a plan: address to actions."""
        self.run("plan", "-input=false", "-no-color", "-out=p", *arguments)
        plan = json.loads(self.run("show", "-json", "p", errors=False))
        actions = {each["address"]: each["change"]["actions"] for each in plan["resource_changes"]}
        return {address: action for address, action in actions.items() if action not in (["no-op"], ["read"])}

    def settled(self, *arguments: str) -> None:
        """Assert that a second plan changes nothing."""
        done = self.run("plan", "-detailed-exitcode", "-input=false", "-no-color", *arguments, accept=(0, 2))
        assert "No changes." in done, done

    def unprotect(self) -> None:
        """Allow Terraform to destroy what the module protects, like `protect: false`."""
        for file in self.folder.glob("*.tf"):
            file.write_text(re.sub(r"(prevent_destroy +=) true", r"\1 false", file.read_text()))

    def destroy(self, *arguments: str) -> None:
        self.unprotect()
        self.run("destroy", "-auto-approve", "-input=false", "-no-color", *arguments)
        assert self.platform.empty

    def state(self) -> str:
        return (self.folder / "terraform.tfstate").read_text()

    def outputs(self) -> dict[str, Any]:
        return {name: each["value"] for name, each in json.loads(self.run("output", "-json", errors=False)).items()}


def asked(folder: Path) -> list[str]:
    """The variables of a module without a default."""
    found = re.findall(r'^variable "(\w+)" \{\n((?:(?!\}).*\n)*)\}', (folder / "variables.tf").read_text(), re.M)
    return [name for name, text in found if not re.search(r"^  default ", text, re.M)]
