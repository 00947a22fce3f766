"""The hooks: pre-commit installs this project from a git repository, and runs them in a stranger's repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from stranger import GIT, LARGER, PAGE, PROGRAMS, Repository, configuration, git, shell
from support.plans import ROOT

from camp2iac.cli import hook

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
PARTS = ("camp2iac", "examples", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a git repository with a tag, as its users clone it: what is committed, and what will be."""
    folder = tmp_path_factory.mktemp("project")
    for path in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *PARTS).split("\0"):
        if path and (ROOT / path).exists():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, folder / path)
    git(folder, "init", "-q")
    git(folder, "add", "-A", "-f")
    git(folder, "commit", "-q", "-m", "all")
    git(folder, "tag", "v0.1.0")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, packages: dict[str, str]) -> dict[str, str]:
    """Variables of pre-commit: where it keeps what it installs, and from where."""
    return {**packages, "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("home"))}


def configure(repository: Repository, project: Path, hooks: list[str]) -> None:
    """The configuration of docs/ci.md, with this copy of the project, and these hooks."""
    settings = configuration(".pre-commit-config.yaml")
    (only,) = settings["repos"]
    only["repo"] = str(project)
    only["hooks"] = [{"id": each} for each in hooks or [each["id"] for each in only["hooks"]]]
    (repository.work / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings))
    repository.commit("Hooks")


def pre_commit(folder: Path, home: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **GIT, **home, "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
    command = [PROGRAMS / "pre-commit", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def results(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """The result of each hook."""
    return dict(re.findall(r"^(camp2iac [\w -]+?)\.{3,}.*?(Passed|Failed|Skipped)$", done.stdout, re.M))


def test_the_docs_have_every_hook() -> None:
    section = PAGE.split("## pre-commit")[1].split("\n## ")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", section, re.M) == [each["id"] for each in HOOKS]
    assert all(each["language"] == "python" and each["pass_filenames"] is False for each in HOOKS)


@pytest.mark.parametrize(
    ("path", "matches"),
    [
        ("camp.yaml", True),
        ("services/shop/camp.yaml", True),
        ("environments/prod.yaml", True),
        ("services/shop/environments/prod.yaml", True),
        ("environments/old/prod.yaml", False),
        ("docs/camp.yaml.md", False),
    ],
)
def test_validate_runs_for_plans_and_environment_files(path: str, matches: bool) -> None:
    assert bool(re.search(HOOKS[0]["files"], path)) is matches


def test_try_repo(repository: Repository, project: Path, home: dict[str, str]) -> None:
    done = pre_commit(repository.work, home, "try-repo", str(project), "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert results(done) == dict.fromkeys([each["name"] for each in HOOKS], "Passed")


def test_a_commit_writes_the_output_again(repository: Repository, project: Path, home: dict[str, str]) -> None:
    """The configuration of the docs, in git's own hook: the first commit fails, with the output, the second passes."""
    configure(repository, project, [])
    assert pre_commit(repository.work, home, "install").returncode == 0
    file = repository.work / "environments/heroku.yaml"
    file.write_text(file.read_text().replace(*LARGER[1:]))
    command = "git add environments && git commit -q -m Scale"
    first = shell(command, repository.work, **home)
    assert first.returncode == 1, first.stderr
    assert "files were modified by this hook" in first.stderr
    assert git(repository.work, "diff", "--name-only", "--", "infra/heroku")
    second = shell(f"git add infra && {command}", repository.work, **home)
    assert second.returncode == 0, second.stderr
    assert git(repository.work, "status", "--porcelain") == ""


def test_a_commit_that_lacks_generated_files_fails(repository: Repository, project: Path, home: dict[str, str]) -> None:
    """They are on the disk, so that only git's index shows it."""
    configure(repository, project, ["camp2iac-check"])
    shutil.copy(repository.work / "environments/heroku.yaml", repository.work / "environments/staging.yaml")
    assert shell("camp2iac synth && git add environments && git add -u", repository.work).returncode == 0
    done = pre_commit(repository.work, home, "run")
    assert results(done) == {"camp2iac synth --check": "Failed"}
    assert "the commit does not have these generated files: infra/staging/" in done.stdout
    assert "To add them, run  git add infra/staging/\n" in done.stdout
    git(repository.work, "add", "infra")
    assert results(pre_commit(repository.work, home, "run")) == {"camp2iac synth --check": "Passed"}


def test_a_stale_output_and_a_wrong_plan_fail(repository: Repository, project: Path, home: dict[str, str]) -> None:
    configure(repository, project, ["camp2iac-validate", "camp2iac-check"])
    file = repository.work / "environments/heroku.yaml"
    right = file.read_text()
    file.write_text(right.replace(*LARGER[1:]))
    git(repository.work, "add", "-A")
    done = pre_commit(repository.work, home, "run")
    assert results(done) == {"camp2iac validate": "Passed", "camp2iac synth --check": "Failed"}
    file.write_text(right + "regoin: eu\n")
    git(repository.work, "add", "-A")
    done = pre_commit(repository.work, home, "run")
    assert results(done)["camp2iac validate"] == "Failed"
    assert "environments/heroku.yaml:" in done.stdout


def test_a_command_that_fails_is_not_asked_for_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert hook.main(["explain", "CAMP101"]) == 0
    assert hook.main(["validate", "missing.yaml"]) == 2
