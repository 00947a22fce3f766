"""What git is asked, and what its exit statuses mean."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from camp2iac.camp import git
from camp2iac.camp.git import GitError, IgnoreRule

PERSON = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def run(folder: Path, *command: str) -> None:
    environment = {**os.environ, **SETTINGS}
    subprocess.run(["git", *PERSON, *command], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def shop(tmp_path: Path) -> str:
    run(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("*.log\n!keep.log\n")
    (tmp_path / "app.py").write_text("app = None\n")
    run(tmp_path, "add", ".")
    return str(tmp_path)


def test_rules_and_none(shop: str) -> None:
    assert git.ignored(shop, shop, ["a.log", "app.py", "keep.log"]) == {"a.log": IgnoreRule(".gitignore:1", "*.log")}
    assert git.ignored(shop, shop, ["app.py"]) == {}


def test_what_the_last_commit_has(shop: str) -> None:
    assert git.committed(shop, "app.py") is None
    run(Path(shop), "commit", "-q", "-m", "all")
    assert git.committed(shop, "app.py") == b"app = None\n"
    assert git.committed(shop, "other.py") is None


def test_what_git_says_is_the_reason(shop: str, tmp_path: Path) -> None:
    (tmp_path / ".git" / "HEAD").write_text("broken\n")
    with pytest.raises(GitError) as refused:
        git.ignored(shop, shop, ["app.py"])
    assert "not a git repository" in str(refused.value)


def test_without_git(shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError):
        git.ignored(shop, shop, ["app.py"])
