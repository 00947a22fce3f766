"""Runs a composite action, and the workflow that uses it, as GitHub's runner does: in a shell, step by step."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from expressions import holds, interpolate
from support.plans import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
OURS = "ORG/camp2iac@"


@dataclass
class Job:
    """A job of a workflow. ``workspace``: the checkout. ``programs``: a folder on the PATH, with gh.

    ``used``: other actions that were used, with their inputs. ``outputs``: of each use of our action. ``log``: what was
    printed. ``ran``: the steps of our action that ran.
    """

    workspace: Path
    temporary: Path
    programs: Path
    event: Mapping[str, Any]
    environment: Mapping[str, str] = field(default_factory=dict)
    failed: bool = False
    log: str = ""
    used: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    outputs: list[dict[str, str]] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """The summary of the job."""
        file = self.workspace.with_name(f"{self.workspace.name}.summary")
        return file.read_text() if file.exists() else ""

    def run(self, workflow: Mapping[str, Any]) -> None:
        """All steps of the only job of a workflow."""
        (job,) = workflow["jobs"].values()
        for step in job["steps"]:
            contexts = {"github": self._github()}
            if not holds(step.get("if"), contexts, failed=self.failed):
                continue
            given = {name: interpolate(value, contexts) for name, value in step.get("with", {}).items()}
            if step["uses"].startswith(OURS):
                self.failed |= not self.use(given)
            else:
                self.used.append((step["uses"], given))

    def use(self, given: Mapping[str, str]) -> bool:
        """Our action with these inputs; whether it succeeded."""
        assert set(given) <= set(ACTION["inputs"])
        contexts: dict[str, Any] = {"github": self._github(), "steps": {}}
        defaults = {name: interpolate(each["default"], contexts) for name, each in ACTION["inputs"].items()}
        contexts["inputs"] = {**defaults, **given}
        failed = False
        for step in ACTION["runs"]["steps"]:
            if holds(step.get("if"), contexts, failed=failed):
                self.ran.append(step["id"])
                outputs, good = self._step(step, contexts)
                contexts["steps"][step["id"]] = {"outputs": outputs, "outcome": "success" if good else "failure"}
                failed |= not good and not step.get("continue-on-error", False)
        self.outputs.append({name: interpolate(each["value"], contexts) for name, each in ACTION["outputs"].items()})
        return not failed

    def _step(self, step: Mapping[str, Any], contexts: Mapping[str, Any]) -> tuple[dict[str, str], bool]:
        if "uses" in step:
            given = {name: interpolate(value, contexts) for name, value in step.get("with", {}).items()}
            self.used.append((step["uses"], given))
            return {}, True
        assert step["shell"] == "bash"
        file = self.temporary / "output"
        file.write_text("")
        summary = self.workspace.with_name(f"{self.workspace.name}.summary")
        environment = {
            **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "HTTP", "http"))},
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "HOME": str(self.temporary),
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(file),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_REPOSITORY": "acme/shop",
            "GITHUB_SERVER_URL": "https://github.com",
            **self.environment,
            **{name: interpolate(value, contexts) for name, value in step.get("env", {}).items()},
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", interpolate(step["run"], contexts)],
            cwd=self.workspace,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.log += done.stdout
        lines = [line.partition("=") for line in file.read_text().splitlines()]
        assert all(equals for _, equals, _ in lines)
        return {name: value for name, _, value in lines}, done.returncode == 0

    def _github(self) -> dict[str, Any]:
        return {"action_path": str(ROOT), "token": "t0ken", "event": self.event}
