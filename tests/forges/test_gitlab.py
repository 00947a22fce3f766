"""The CI/CD component of GitLab: its job runs in a shell, against a server that keeps notes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from gitlab_api import NOTES, TOKEN, GitLab, serve
from stranger import GIT, LARGER, PAGE, PROGRAMS, WORDS, WRONG, Repository, configuration, git, shell
from support.plans import ROOT

TEMPLATE = ROOT / "templates/camp2iac.yml"
MARKER = "<!-- camp2iac diff -->"
INCLUDE = configuration(".gitlab-ci.yml")["include"][0]


def documents(given: Mapping[str, str]) -> tuple[Any, Any]:
    """The head of the template, and its jobs with these inputs, as GitLab replaces them."""
    head, jobs = TEMPLATE.read_text().split("\n---\n")
    spec = yaml.safe_load(head)
    inputs = spec["spec"]["inputs"]
    assert set(given) <= set(inputs)
    values = {name: given.get(name, each.get("default")) for name, each in inputs.items()}
    assert None not in values.values(), "an input without a default is missing"
    words = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in values.items()}
    return spec, yaml.safe_load(re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: words[found[1]], jobs))


def job(given: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any]
    (found,) = documents(given)[1].values()
    return found


@dataclass(frozen=True)
class Ran:
    status: int
    log: str
    folder: Path


@pytest.fixture
def gitlab() -> Iterator[GitLab]:
    with serve() as found:
        yield found


def run(
    folder: Path,
    gitlab: GitLab,
    inputs: Mapping[str, str] | None = None,
    *,
    variables: Mapping[str, str],
    interpreter: str = "bash",
    install: bool = False,
) -> Ran:
    """The job in a checkout. Without ``install``, camp2iac of this environment is on the PATH."""
    made = job({**INCLUDE["inputs"], "package": str(ROOT), "fail-on": "", **(inputs or {})})
    before = made["before_script"] if install else [f'export PATH="{PROGRAMS}:$PATH"']
    lines = "\n".join([*before, *made["script"]])
    done = subprocess.run(
        [*({"bash": ["bash", "-eo", "pipefail"], "sh": ["sh", "-e"]}[interpreter]), "-c", lines],
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "PATH", "TMP"))},
            **GIT,
            "HOME": str(folder.parent),
            "CI_PROJECT_DIR": str(folder),
            "CI_PROJECT_ID": "43",
            "CI_API_V4_URL": gitlab.url,
            "CI_COMMIT_BEFORE_SHA": "0" * 40,
            **made["variables"],
            **variables,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, folder)


def quality(folder: Path) -> list[dict[str, Any]]:
    """The Code Quality report."""
    found: list[dict[str, Any]] = json.loads((folder / "gl-code-quality-report.json").read_text())
    return found


def proposed(repository: Repository, name: str, *, merged: bool = False) -> tuple[Path, dict[str, str]]:
    """What GitLab's runner has for the branch ``change``: the whole history; and the variables of the merge request."""
    event = repository.propose("change")["pull_request"]
    folder = repository.work.parent / name
    git(repository.work.parent, "clone", "-q", "-b", "change", f"file://{repository.origin}", name)
    git(folder, "fetch", "-q", "origin", "refs/pull/7/merge")
    git(folder, "checkout", "-q", "--detach", "FETCH_HEAD" if merged else "change")
    variables = {
        "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_PROJECT_ID": "42",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": event["base"]["sha"],
        "CAMP2IAC_TOKEN": TOKEN,
    }
    if merged:  # a pipeline for merged results
        variables |= {
            "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": event["base"]["sha"],
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": "f" * 40,
        }
    return folder, variables


def removed(repository: Repository, name: str = "heroku") -> None:
    """A change that removes an environment, on the branch ``change``."""
    git(repository.work, "checkout", "-q", "-B", "change", "main")
    (repository.work / f"environments/{name}.yaml").unlink()
    git(repository.work, "rm", "-q", "-r", "--ignore-unmatch", f"infra/{name}", f"environments/{name}.yaml")
    assert shell("camp2iac synth", repository.work).returncode == 0  # other outputs name all environment files
    repository.commit(f"Leave {name}")


# --- the file ---------------------------------------------------------------------------------------------------------


def test_it_is_what_gitlab_s_schema_says(tmp_path: Path) -> None:
    spec, jobs = documents({"package": "camp2iac"})
    (tmp_path / "jobs.yml").write_text(yaml.safe_dump(jobs))
    (tmp_path / "spec.yml").write_text(yaml.safe_dump(spec))
    (tmp_path / "include.yml").write_text(yaml.safe_dump(configuration(".gitlab-ci.yml")))
    for name in ("jobs.yml", "spec.yml", "include.yml"):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("interpreter", ["bash", "sh"])
def test_shellcheck_has_nothing_to_say_about_the_job(tmp_path: Path, interpreter: str) -> None:
    """Words are split where an input is a list with spaces: SC2046 and SC2086 there."""
    made = job({"package": "camp2iac"})
    (tmp_path / "job").write_text("\n".join(["set -e", *made["before_script"], *made["script"]]) + "\n")
    command = [PROGRAMS / "shellcheck", "-s", interpreter, "-e", "SC2046,SC2086", tmp_path / "job"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_script_has_an_input() -> None:
    """GitLab replaces inputs before the shell reads the script."""
    jobs = yaml.safe_load(TEMPLATE.read_text().split("\n---\n")[1])
    (made,) = jobs.values()
    assert not [line for line in (*made["before_script"], *made["script"]) if "[[ inputs" in line]


def test_the_docs_name_the_inputs() -> None:
    spec, _ = documents({"package": "camp2iac"})
    section = PAGE.split("## GitLab")[1].split("\n## ")[0]
    table = set(re.findall(r"^\| `([\w-]+)` \|.*?\| ", PAGE.split("## GitLab")[0], re.M))
    left_out = {"working-directory", "code-scanning", "python", "packages", "token"}
    assert all(f"`{name}`" in section for name in left_out)
    more = set(spec["spec"]["inputs"]) - table
    assert set(spec["spec"]["inputs"]) & table == table - left_out
    assert all(f"`{name}`" in section for name in more)


# --- runs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("interpreter", ["bash", "sh"])
def test_the_first_run_writes_a_note_and_the_second_updates_that(
    repository: Repository, gitlab: GitLab, interpreter: str
) -> None:
    own = "<!-- camp2iac: camp.yaml  -->"
    gitlab.add(2, f"{MARKER}\n> a quotation\n\n{own}")
    gitlab.add(1, "another job")
    gitlab.add(1, f"{MARKER}\n## another plan\n\n<!-- camp2iac: b/camp.yaml  -->")
    others = [dict(each) for each in gitlab.notes]
    removed(repository)
    folder, variables = proposed(repository, "one")
    first = run(folder, gitlab, variables=variables, interpreter=interpreter)
    assert first.status == 0, first.log
    assert gitlab.notes[:3] == others
    (note,) = gitlab.notes[3:]
    assert note["body"].startswith(f"{MARKER}\n## ")
    assert note["body"].rstrip().endswith(own)
    assert (folder / "camp2iac.md").read_text().startswith(MARKER)
    assert not [each for each in quality(folder) if each["severity"] != "info"]
    removed(repository, "docker")
    folder, variables = proposed(repository, "two", merged=True)
    second = run(folder, gitlab, variables=variables, interpreter=interpreter)
    assert second.status == 0, second.log
    assert gitlab.notes[:3] == others
    assert len(gitlab.notes) == 4
    assert "docker" in gitlab.notes[3]["body"]
    assert gitlab.calls == ["POST", "PUT"]


def test_it_installs_the_package(repository: Repository, gitlab: GitLab, packages: dict[str, str]) -> None:
    repository.edit("change", *WORDS)
    folder, variables = proposed(repository, "one")
    done = run(folder, gitlab, variables={**variables, **packages}, install=True)
    assert done.status == 0, done.log
    assert done.log.startswith("camp2iac 0.")


@pytest.mark.parametrize("why", ["no token", "a token that cannot write"])
def test_a_job_that_cannot_write_a_note_has_the_report(repository: Repository, gitlab: GitLab, why: str) -> None:
    gitlab.readonly = True
    removed(repository)
    folder, variables = proposed(repository, "one")
    if why == "no token":
        del variables["CAMP2IAC_TOKEN"]
    done = run(folder, gitlab, variables=variables)
    assert done.status == 0, done.log
    assert "No note on the merge request: " in done.log
    assert gitlab.notes == []
    assert (folder / "camp2iac.md").exists()
    paths = job({"package": "camp2iac"})["artifacts"]
    assert paths["paths"] == ["camp2iac.md"]
    assert paths["reports"] == {"codequality": "gl-code-quality-report.json"}


USER = "/api/v4/user"


@pytest.mark.parametrize(
    ("call", "instead", "said"),
    [
        (("GET", USER), "<html>Sign in</html>", "GET /user: the answer is not JSON"),
        (("GET", USER), "null", "GET /user: the answer is not a user"),
        (("GET", USER), '{"data": null}', "GET /user: the answer is not a user"),
        (("GET", NOTES), "null", "the answer is not a list of notes"),
        (("GET", NOTES), '{"data": null}', "the answer is not a list of notes"),
        (("GET", NOTES), "[null]", "the answer is not a list of notes"),
        (("POST", NOTES), "", "POST /projects/42/merge_requests/7/notes: the answer is not JSON"),
    ],
)
def test_an_answer_that_is_none_of_gitlab(
    repository: Repository, gitlab: GitLab, call: tuple[str, str], instead: str, said: str
) -> None:
    gitlab.instead[call] = instead
    removed(repository)
    folder, variables = proposed(repository, "one")
    done = run(folder, gitlab, {"validate": "false", "check": "false"}, variables=variables)
    assert done.status == 0, done.log
    assert "Traceback" not in done.log
    (line,) = (line for line in done.log.splitlines() if line.startswith("No note on the merge request: "))
    assert said in line
    assert (folder / "camp2iac.md").exists()


def test_a_refusal_says_which_call(repository: Repository, gitlab: GitLab) -> None:
    removed(repository)
    folder, variables = proposed(repository, "one")
    wrong = {**variables, "CAMP2IAC_TOKEN": "glpat-other"}
    done = run(folder, gitlab, {"validate": "false", "check": "false"}, variables=wrong)
    assert "No note on the merge request: GET /user: HTTP Error 401: Unauthorized." in done.log


def test_a_note_without_an_author_is_not_ours(repository: Repository, gitlab: GitLab) -> None:
    """GitLab leaves out who wrote a note if that user was removed."""
    gitlab.notes.append({"id": 99, "author": None, "body": None})
    removed(repository)
    folder, variables = proposed(repository, "one")
    done = run(folder, gitlab, {"validate": "false", "check": "false"}, variables=variables)
    assert done.status == 0, done.log
    assert gitlab.calls == ["POST"]


def test_nothing_is_said_if_nothing_changes(repository: Repository, gitlab: GitLab) -> None:
    repository.edit("change", *WORDS)
    folder, variables = proposed(repository, "one")
    done = run(folder, gitlab, variables=variables)
    assert done.status == 0, done.log
    assert gitlab.calls == []


def test_errors_and_a_stale_output_fail_at_the_end(repository: Repository, gitlab: GitLab) -> None:
    repository.edit("change", *WRONG, synth=False)
    folder, variables = proposed(repository, "one")
    done = run(folder, gitlab, variables=variables)
    assert done.status == 1
    (error,) = (each for each in quality(folder) if each["severity"] == "major")
    assert error["location"] == {"path": "environments/heroku.yaml", "lines": {"begin": 3}}


def test_a_stale_output_says_what_to_run(repository: Repository, gitlab: GitLab) -> None:
    repository.edit("change", *LARGER, synth=False)
    folder, variables = proposed(repository, "one")
    done = run(folder, gitlab, variables=variables)
    assert done.status == 1
    assert "Run  camp2iac synth  and commit infra/." in done.log
    assert gitlab.calls == ["POST"]


def test_a_condition_fails_after_the_note(repository: Repository, gitlab: GitLab) -> None:
    removed(repository)
    folder, variables = proposed(repository, "one")
    done = run(folder, gitlab, {"fail-on": "destroy"}, variables=variables)
    assert done.status == 1
    assert gitlab.calls == ["POST"]


def test_the_default_branch_is_compared_with_the_commit_before(repository: Repository, gitlab: GitLab) -> None:
    removed(repository)
    folder, variables = proposed(repository, "one")
    before = {"CI_COMMIT_BEFORE_SHA": variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"]}
    done = run(folder, gitlab, variables=before)
    assert done.status == 0, done.log
    assert gitlab.calls == []
    assert "heroku" in (folder / "camp2iac.md").read_text()


def test_a_history_that_is_too_short_says_what_to_set(repository: Repository, gitlab: GitLab) -> None:
    removed(repository)
    folder, variables = proposed(repository, "one")
    done = run(folder, gitlab, variables={**variables, "CI_MERGE_REQUEST_DIFF_BASE_SHA": "e" * 40})
    assert done.status == 1
    assert "Set the variable GIT_DEPTH to 0" in done.log


def test_inputs_are_data(repository: Repository, gitlab: GitLab, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    evil = f"$(touch {seen})`touch {seen}`;touch {seen}"
    removed(repository)
    folder, variables = proposed(repository, "one")
    for name in ("plan", "environments", "catalogue", "fail-on", "since"):
        assert run(folder, gitlab, {name: evil}, variables=variables).status
    assert not seen.exists()
