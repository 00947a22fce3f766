"""Repositories, jobs, and the packages that the project needs."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from runner import Job
from stranger import PROGRAMS, Repository, made
from support.plans import ROOT


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, str]:
    """Variables that let pip install the project without an index: a folder with all packages that it needs, which one
    process of pytest-xdist gets from the index for all.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "packages"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            command = [sys.executable, "-m", "pip", "wheel", "-q", "-w", str(folder), str(ROOT), "hatchling"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            (folder / "complete").touch()
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder)}


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a repository, to copy."""
    folder = tmp_path_factory.mktemp("stranger")
    made(folder)
    return folder


@pytest.fixture
def repository(pattern: Path, tmp_path: Path) -> Repository:
    """A stranger's repository with three environments."""
    shutil.copytree(pattern, tmp_path / "forge")
    return Repository(tmp_path / "forge/work", tmp_path / "forge/origin.git")


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The runner's temporary folder, in which the action finds that camp2iac is installed: that of the tests."""
    folder = tmp_path / "runner"
    (folder / "camp2iac").mkdir(parents=True)
    (folder / "camp2iac/wanted").write_text(f"{ROOT}\npython3\n\n")
    (folder / "camp2iac/programs").write_text(f"{PROGRAMS}\n")
    return folder


@pytest.fixture
def forge(tmp_path: Path) -> Path:
    """The state of the stand-in for gh."""
    file = tmp_path / "gh.json"
    file.write_text(json.dumps({"comments": [], "calls": [], "readonly": False}))
    return file


@pytest.fixture
def job(tmp_path: Path, temporary: Path, forge: Path) -> Callable[..., Job]:
    """A job on a checkout."""
    programs = tmp_path / "programs"
    programs.mkdir()
    shutil.copy(ROOT / "tests/forges/gh.py", programs / "gh")

    def create(workspace: Path, event: Mapping[str, Any]) -> Job:
        return Job(workspace, temporary, programs, event, {"GH_STATE": str(forge)})

    return create
