"""actionlint, which knows expressions and the inputs of actions, has nothing to say about what docs/ci.md shows."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from runner import ACTION
from stranger import PROGRAMS, blocks, git
from support.plans import ROOT

MODULE, RELEASE = "github.com/rhysd/actionlint", "v1.7.7"
FLAGS = {"GOFLAGS": "-mod=mod -buildvcs=false", "GOTOOLCHAIN": "local"}


@pytest.fixture(scope="module")
def actionlint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built from its source: it is in no package index that has programs."""
    folder = tmp_path_factory.mktemp("actionlint")
    (folder / "go.mod").write_text(f"module linter\n\ngo 1.22\n\nrequire {MODULE} {RELEASE}\n")
    program = folder / "actionlint"
    go = shutil.which("go")
    if go is None:
        pytest.skip("ACTIONLINT IS NOT HERE: it needs Go")
    command = [go, "build", "-C", str(folder), "-o", str(program), f"{MODULE}/cmd/actionlint"]
    done = subprocess.run(command, env={**os.environ, **FLAGS}, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"ACTIONLINT IS NOT HERE: {done.stderr.strip().splitlines()[-1]}")
    return program


def lint(program: Path, folder: Path, workflow: str) -> str:
    """What it says about a workflow in a repository of which action.yml is a part."""
    git(folder, "init", "-q")
    shutil.copy(ROOT / "action.yml", folder)
    (folder / ".github/workflows").mkdir(parents=True)
    (folder / ".github/workflows/it.yml").write_text(workflow)
    command = [program, "-no-color", "-shellcheck", PROGRAMS / "shellcheck"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("workflow", [each for each in blocks("yaml") if each.startswith("# .github/")])
def test_the_workflows_of_the_docs(actionlint: Path, tmp_path: Path, workflow: str) -> None:
    assert lint(actionlint, tmp_path, workflow.replace("ORG/camp2iac@v0.1.0", "./")) == ""


def test_the_steps_of_the_action(actionlint: Path, tmp_path: Path) -> None:
    """actionlint does not look at the steps of an action, so they are those of a job."""
    inputs = {name: {"type": "string"} for name in ACTION["inputs"]}
    steps: list[dict[str, Any]] = ACTION["runs"]["steps"]
    job = {"runs-on": "ubuntu-latest", "steps": steps}
    workflow = yaml.safe_dump({"name": "it", "on": {"workflow_call": {"inputs": inputs}}, "jobs": {"it": job}})
    assert lint(actionlint, tmp_path, workflow) == ""


def test_a_mistake_is_found(actionlint: Path, tmp_path: Path) -> None:
    (workflow,) = (each for each in blocks("yaml") if "two plans" in each.partition("\n")[0])
    wrong = workflow.replace("ORG/camp2iac@v0.1.0", "./").replace("working-directory:", "working-folder:")
    assert 'input "working-folder" is not defined in action "camp2iac"' in lint(actionlint, tmp_path, wrong)
