"""What a person has to read in a pull request that adds one variable: what ``git diff`` shows of each output, without
the files that ``.gitattributes`` collapses, is less than ten lines.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from support.plans import EXAMPLES

import camp2iac

PLATFORMS = ("docker", "heroku", "kubernetes", "openstack")
MOST = 10


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=test", "-c", "user.email=test@example.org", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def written(folder: Path) -> None:
    plan = camp2iac.read(folder / "camp.yaml")
    for platform in PLATFORMS:
        assert plan.compile(folder / "environments" / f"{platform}.yaml").write().ok
    git(folder, "add", "--all")


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the outputs of an example, and one more parameter in the index."""
    folder = tmp_path_factory.mktemp("cost") / "guestbook"
    shutil.copytree(EXAMPLES / "guestbook", folder, ignore=shutil.ignore_patterns("infra"))
    git(folder.parent, "init", "--quiet", str(folder))
    written(folder)
    git(folder, "commit", "--quiet", "--message", "before")
    plan = folder / "camp.yaml"
    text = replaced(
        plan.read_text(),
        "        GREETING: { parameter: greeting }\n",
        "        GREETING: { parameter: greeting }\n        HEADING: { parameter: heading }\n",
    )
    parameters = "org.camp2iac:Parameters:\n"
    plan.write_text(replaced(text, parameters, f"{parameters}  heading: {{ description: A, default: Guests }}\n"))
    written(folder)
    return folder


def shown(folder: Path, output: str) -> list[str]:
    """The changed lines of an output that a pull request shows."""
    lines: list[str] = []
    for file in git(folder, "diff", "--cached", "--name-only", "--", output).splitlines():
        if "linguist-generated: set" in git(folder, "check-attr", "linguist-generated", "--", file):
            continue
        diff = git(folder, "diff", "--cached", "--unified=0", "--", file).splitlines()
        lines += [line for line in diff if line[:1] in "+-" and line[1:].strip() and line[:3] not in ("+++", "---")]
    return lines


@pytest.mark.parametrize("platform", PLATFORMS)
def test_one_more_variable(platform: str, repository: Path) -> None:
    lines = shown(repository, f"infra/{platform}")
    assert 0 < len(lines) < MOST, "\n".join(lines)


def test_the_digest_of_a_release_command_changes_and_is_collapsed(repository: Path) -> None:
    """On Heroku, a release command tests the digest of the names of all variables (ADR 38)."""
    file = "infra/heroku/build/web/.camp2iac/release"
    assert git(repository, "diff", "--cached", "--name-only", "--", file).strip() == file
    assert "linguist-generated: set" in git(repository, "check-attr", "linguist-generated", "--", file)
    assert "Binary files" in git(repository, "diff", "--cached", "--", file)


def test_digests_are_not_shown(repository: Path) -> None:
    digests = [file for file in git(repository, "diff", "--cached", "--name-only").splitlines() if "digests" in file]
    assert len(digests) == len(PLATFORMS)
    for file in digests:
        assert "Binary files" in git(repository, "diff", "--cached", "--", file)
