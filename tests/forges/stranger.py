"""A stranger's repository, set up with nothing but the commands and files of docs/ci.md."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from support.plans import ROOT

PAGE = (ROOT / "docs/ci.md").read_text()
APPLICATION = ROOT / "tests/init/repositories/flask/files"
GIT = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
PROGRAMS = Path(sys.executable).parent


def blocks(language: str) -> list[str]:
    """The code blocks of docs/ci.md in this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def configuration(name: str) -> Any:
    """The YAML of docs/ci.md whose first line is this name in a comment."""
    (found,) = (block for block in blocks("yaml") if block.startswith(f"# {name}\n"))
    return yaml.load(found, Loader=yaml.BaseLoader)  # as text: for YAML 1.1, "on" is true


def shell(commands: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run commands, with camp2iac on the PATH."""
    return subprocess.run(
        ["bash", "-e", "-c", commands],
        cwd=folder,
        env={**os.environ, **GIT, "PATH": f"{PROGRAMS}:{os.environ['PATH']}", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def git(folder: Path, *words: str) -> str:
    """Run git; its output."""
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *words],
        cwd=folder,
        env={**os.environ, **GIT},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


#: A change of a file that updates a resource in place: the file, and the text before and after.
LARGER = ("environments/heroku.yaml", "target: heroku\n", "target: heroku\ndynos: { web: standard-1x }\n")
#: A change of a file that changes nothing when it is applied.
WORDS = ("environments/heroku.yaml", "target: heroku\n", "target: heroku  # Heroku\n")
#: A mistake.
WRONG = ("environments/heroku.yaml", "target: heroku\n", "target: heroku\nregoin: eu\n")


@dataclass(frozen=True)
class Repository:
    """``work``: the developer's clone; ``origin``: what the forge has."""

    work: Path
    origin: Path

    def edit(self, branch: str, file: str, before: str, after: str, *, synth: bool = True) -> None:
        """A branch from main with a change, compiled unless the developer forgot it."""
        git(self.work, "checkout", "-q", "-B", branch, "main")
        path = self.work / file
        text = path.read_text()
        assert before in text, text
        path.write_text(text.replace(before, after, 1))
        if synth:
            done = shell("camp2iac synth", path.parent)
            assert done.returncode == 0, done.stderr
        self.commit(f"Change {file}")

    def commit(self, message: str) -> None:
        """Commit everything."""
        git(self.work, "add", "-A")
        git(self.work, "commit", "-q", "-m", message)

    def propose(self, branch: str) -> dict[str, Any]:
        """Push a branch as pull request 7; the event that a workflow gets."""
        base, head = git(self.work, "rev-parse", "main"), git(self.work, "rev-parse", branch)
        git(self.work, "checkout", "-q", "--detach", "main")
        git(self.work, "merge", "-q", "--no-ff", "-m", "merge", branch)
        names = sorted({"main", branch})
        git(self.work, "push", "-q", "-f", str(self.origin), "HEAD:refs/pull/7/merge", *names)
        git(self.work, "checkout", "-q", branch)
        return {"pull_request": {"number": 7, "base": {"sha": base}, "head": {"sha": head}}}

    def checkout(self, to: Path, ref: str = "refs/pull/7/merge") -> Path:
        """What actions/checkout makes: one commit."""
        to.mkdir()
        git(to, "init", "-q")
        git(to, "remote", "add", "origin", f"file://{self.origin}")
        git(to, "fetch", "-q", "--no-tags", "--depth=1", "origin", f"+{ref}:refs/remotes/{ref.removeprefix('refs/')}")
        git(to, "checkout", "-q", "--force", f"refs/remotes/{ref.removeprefix('refs/')}")
        return to


def made(folder: Path, inside: str = "") -> Repository:
    """A repository with an application and what docs/ci.md says, in the folder ``inside`` of it."""
    work, origin = folder / "work", folder / "origin.git"
    work.mkdir(parents=True)
    git(work, "init", "-q")
    git(folder, "init", "-q", "--bare", str(origin))
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")  # as GitHub and GitLab have it
    application = work / inside
    shutil.copytree(APPLICATION, application, dirs_exist_ok=True)
    done = shell(blocks("sh")[0], application)
    assert done.returncode == 0, done.stdout + done.stderr
    return Repository(work, origin)
