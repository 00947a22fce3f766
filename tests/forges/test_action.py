"""The GitHub action: its steps run in a shell, with a stand-in for gh that keeps comments."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from runner import ACTION, Job
from stranger import LARGER, PAGE, WORDS, WRONG, Repository, configuration, git, made, shell
from support.plans import ROOT

WORKFLOW = configuration(".github/workflows/infrastructure.yml")
MARKER = "<!-- camp2iac diff -->"
Jobs = Callable[..., Job]


def run(repository: Repository, job: Jobs, branch: str, name: str, workflow: Any = WORKFLOW) -> Job:
    """The workflow for a branch that is proposed."""
    event = repository.propose(branch)
    done = job(repository.checkout(repository.work.parent / name), event)
    done.run(workflow)
    return done


def state(forge: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(forge.read_text())
    return found


def comments(forge: Path) -> list[tuple[str, str]]:
    return [(each["author"], each["body"]) for each in state(forge)["comments"]]


def removed(repository: Repository, branch: str) -> None:
    """A change that removes an environment."""
    git(repository.work, "checkout", "-q", "-B", branch, "main")
    (repository.work / "environments/heroku.yaml").unlink()
    shutil.rmtree(repository.work / "infra/heroku")
    assert shell("camp2iac synth", repository.work).returncode == 0  # other outputs name all environment files
    repository.commit("Leave Heroku")


# --- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ("github-actions", (ROOT / "action.yml").read_text()),
        *(("github-workflows", block) for block in re.findall(r"^```yaml\n(# \.github.*?)^```", PAGE, re.S | re.M)),
    ],
)
def test_it_is_what_github_s_schema_says(tmp_path: Path, schema: str, text: str) -> None:
    (tmp_path / "file.yml").write_text(text)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", "file.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_script_has_an_expression() -> None:
    """GitHub replaces expressions before the shell reads the script: the name of a branch would be code."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        for name in re.findall(r"\$ACTION/([\w./-]+)", step.get("run", "")):
            assert (ROOT / name).is_file()


def test_every_input_has_an_effect_and_a_row_in_the_docs() -> None:
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text()))
    rows = dict(re.findall(r"^\| `([\w-]+)` \|(.*?)\| ", PAGE.split("## GitLab")[0], re.M))
    assert used == set(ACTION["inputs"]) == set(rows)
    for name, each in ACTION["inputs"].items():
        if each["default"] and "${{" not in each["default"]:
            assert rows[name].strip() == f"`{each['default']}`"
    assert re.findall(r"`(\w+)` (?:is|the file)", PAGE.split("The outputs: ")[1].split("\n")[0]) == list(
        ACTION["outputs"]
    )


def test_a_wheel_has_nothing_of_it() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    assert 'packages = ["camp2iac"]' in text
    assert not any(name in text.split("[tool.hatch")[-1].split("[tool.mypy")[0] for name in (".github", "templates"))


def test_it_installs_its_own_revision_once(
    repository: Repository, job: Jobs, packages: dict[str, str], tmp_path: Path
) -> None:
    repository.propose("main")
    done = job(repository.checkout(repository.work.parent / "one"), {})
    done.temporary = tmp_path / "empty"
    done.temporary.mkdir()
    done.environment = {**done.environment, **packages}
    assert done.use({}), done.log
    program = done.temporary / "camp2iac/bin/camp2iac"
    assert program.exists()
    first = program.stat().st_mtime_ns
    assert done.use({}), done.log
    assert program.stat().st_mtime_ns == first
    assert done.log.count("camp2iac 0.") == 2


# --- comments ---------------------------------------------------------------------------------------------------------


def test_the_first_run_comments_and_the_second_updates_that(repository: Repository, job: Jobs, forge: Path) -> None:
    others = [
        {"id": "IC_a", "author": "reviewer", "body": f"{MARKER}\n> a quotation\n\n<!-- camp2iac: camp.yaml_ -->"},
        {"id": "IC_b", "author": "github-actions", "body": "another job"},
        {
            "id": "IC_c",
            "author": "github-actions",
            "body": f"{MARKER}\n## another plan\n\n<!-- camp2iac: b/camp.yaml_ -->",
        },
    ]
    forge.write_text(json.dumps({"comments": others, "calls": [], "readonly": False}))
    repository.edit("change", *LARGER)
    first = run(repository, job, "change", "one")
    assert not first.failed, first.log
    assert state(forge)["comments"][:3] == others
    ((author, body),) = comments(forge)[3:]
    assert author == "github-actions"
    assert body.startswith(f"{MARKER}\n## ")
    assert "heroku" in body
    assert first.outputs[0]["changed"] == "true"
    assert Path(first.outputs[0]["report"]).read_text().startswith(MARKER)
    assert json.loads(Path(first.outputs[0]["sarif"]).read_text())["version"] == "2.1.0"
    assert first.summary == ""
    removed(repository, "change")
    second = run(repository, job, "change", "two")
    assert state(forge)["comments"][:3] == others
    ((_, updated),) = comments(forge)[3:]
    assert updated != body
    assert "heroku" in updated
    assert state(forge)["calls"] == [
        "pullRequest",
        "pullRequest",
        "addComment",
        *["pullRequest"] * 2,
        "updateIssueComment",
    ]
    assert second.used == [("actions/checkout@v4", {})]


def test_nothing_is_said_if_nothing_changes(repository: Repository, job: Jobs, forge: Path) -> None:
    repository.edit("words", *WORDS)
    done = run(repository, job, "words", "one")
    assert not done.failed, done.log
    assert comments(forge) == []
    assert done.outputs[0]["changed"] == "false"
    assert MARKER in done.summary


def test_an_earlier_comment_says_that_nothing_changes_any_more(repository: Repository, job: Jobs, forge: Path) -> None:
    removed(repository, "change")
    run(repository, job, "change", "one")
    repository.edit("change", *WORDS)
    run(repository, job, "change", "two")
    ((_, body),) = comments(forge)
    assert "Nothing changes" in body


@pytest.mark.parametrize("why", ["fork", "no gh"])
def test_a_job_that_cannot_comment_writes_its_summary(repository: Repository, job: Jobs, forge: Path, why: str) -> None:
    forge.write_text(json.dumps({"comments": [], "calls": [], "readonly": True}))
    repository.edit("change", *LARGER)
    event = repository.propose("change")
    done = job(repository.checkout(repository.work.parent / "one"), event)
    if why == "no gh":
        (done.programs / "gh").write_text("#!/no/such/interpreter\n")
    done.run(WORKFLOW)
    assert not done.failed, done.log
    assert comments(forge) == []
    assert done.summary.startswith(MARKER)
    assert "::notice title=camp2iac::No comment on the pull request, because " in done.log
    assert "pull-requests: write" in done.log


_FOUND = {"id": "PR_7", "comments": {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": None}}}


@pytest.mark.parametrize(
    ("kind", "instead", "said"),
    [
        ("pullRequest", '{"data": null}', "the answer of GitHub's API has no data"),
        ("addComment", '{"data": null}', "the answer of GitHub's API has no data"),
        ("addComment", '{"data": null, "errors": [{"message": "Something went wrong"}]}', "Something went wrong"),
        ("addComment", '{"data": {}, "errors": "no"}', ""),
        ("pullRequest", "<html>Bad gateway</html>", "is not JSON: '<html>Bad gateway</html>"),
        ("pullRequest", "", "is not JSON: ''"),
        ("pullRequest", "[]", "has no data"),
        ("pullRequest", "null", "has no data"),
        ("pullRequest", '{"data": {"repository": null}}', "the token cannot read pull request 7 of acme/shop"),
        ("pullRequest", '{"data": {"repository": {"pullRequest": {"id": "PR_7"}}}}', "has no comments"),
        (
            "pullRequest",
            json.dumps({"data": {"repository": {"pullRequest": _FOUND}}}),
            "has no comments.pageInfo.endCursor",
        ),
    ],
)
def test_an_answer_that_is_none(
    repository: Repository, job: Jobs, forge: Path, kind: str, instead: str, said: str
) -> None:
    forge.write_text(json.dumps({"comments": [], "calls": [], "readonly": False, "instead": {kind: instead}}))
    removed(repository, "change")
    event = repository.propose("change")
    done = job(repository.checkout(repository.work.parent / "one"), event)
    assert done.use({"validate": "false", "check": "false"}), done.log
    assert "Traceback" not in done.log
    if said:
        (line,) = (line for line in done.log.splitlines() if line.startswith("::notice title=camp2iac::"))
        assert said in line
        assert done.summary.startswith(MARKER)


def test_two_plans_have_a_comment_each(tmp_path: Path, job: Jobs, forge: Path) -> None:
    made(tmp_path / "forge", "services/shop")
    repository = Repository(tmp_path / "forge/work", tmp_path / "forge/origin.git")
    shutil.copytree(repository.work / "services/shop", repository.work / "services/mail")
    repository.commit("Mail")
    git(repository.work, "checkout", "-q", "-B", "change")
    for name in ("shop", "mail"):
        file = repository.work / f"services/{name}" / LARGER[0]
        file.write_text(file.read_text().replace(*LARGER[1:]))
        done = shell("camp2iac synth", repository.work / f"services/{name}")
        assert done.returncode == 0, done.stderr
    repository.commit("Larger")
    two = configuration(".github/workflows/infrastructure.yml, two plans")
    done = run(repository, job, "change", "one", two)
    assert not done.failed, done.log
    assert len(comments(forge)) == 2
    again = run(repository, job, "change", "two", two)
    assert not again.failed, again.log
    assert len(comments(forge)) == 2


# --- failures ---------------------------------------------------------------------------------------------------------


def test_an_error_is_an_annotation_at_its_line(repository: Repository, job: Jobs, forge: Path) -> None:
    repository.edit("wrong", *WRONG, synth=False)
    done = run(repository, job, "wrong", "one")
    assert done.failed
    assert re.search(r"^::error file=environments/heroku\.yaml,line=\d+,", done.log, re.M), done.log
    (found,) = json.loads(Path(done.outputs[0]["sarif"]).read_text())["runs"]
    (error,) = (each for each in found["results"] if each["level"] == "error")
    assert error["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "environments/heroku.yaml"
    assert done.ran[:4] == ["install", "validate", "check", "diff"]


def test_a_stale_output_fails_and_is_compared_still(repository: Repository, job: Jobs, forge: Path) -> None:
    repository.edit("stale", *LARGER, synth=False)
    done = run(repository, job, "stale", "one")
    assert done.failed
    assert "::error title=camp2iac,file=camp.yaml::The committed output is not what camp2iac writes" in done.log
    assert len(comments(forge)) == 1


@pytest.mark.parametrize(("condition", "fails"), [("destroy", True), ("public,cost:1000", False)])
def test_conditions_fail_after_the_comment(
    repository: Repository, job: Jobs, forge: Path, condition: str, fails: bool
) -> None:
    removed(repository, "change")
    event = repository.propose("change")
    done = job(repository.checkout(repository.work.parent / "one"), event)
    assert done.use({"fail-on": condition}) is not fails, done.log
    assert len(comments(forge)) == 1


def test_a_version_that_cannot_be_had_says_what_to_write(repository: Repository, job: Jobs) -> None:
    repository.edit("change", *LARGER)
    event = repository.propose("change")
    folder = repository.checkout(repository.work.parent / "one")
    git(folder, "remote", "remove", "origin")
    done = job(folder, event)
    assert not done.use({})
    assert "Write  with: { fetch-depth: 0 }  below actions/checkout" in done.log


def test_no_plan_says_what_to_set(repository: Repository, job: Jobs) -> None:
    event = repository.propose("main")
    done = job(repository.checkout(repository.work.parent / "one"), event)
    assert not done.use({"working-directory": "infra"})
    assert "There is no plan infra/camp.yaml. Set the input working-directory or plan." in done.log


# --- other events and inputs ------------------------------------------------------------------------------------------


def test_a_push_is_compared_with_the_commit_before(repository: Repository, job: Jobs, forge: Path) -> None:
    before = git(repository.work, "rev-parse", "main")
    repository.edit("change", *LARGER)
    git(repository.work, "push", "-q", str(repository.origin), "main", "change:refs/heads/pushed")
    done = job(repository.checkout(repository.work.parent / "one", "refs/heads/pushed"), {"before": before})
    done.run(WORKFLOW)
    assert not done.failed, done.log
    assert done.summary.startswith(MARKER)
    assert "heroku" in done.summary
    assert state(forge)["calls"] == []


@pytest.mark.parametrize("event", [{}, {"before": "0" * 40}])
def test_an_event_without_an_earlier_version(repository: Repository, job: Jobs, event: dict[str, Any]) -> None:
    repository.propose("main")
    done = job(repository.checkout(repository.work.parent / "one"), event)
    assert done.use({}), done.log
    assert "There is no earlier version to compare with." in done.log
    assert done.outputs[0]["report"] == ""


def test_the_head_of_a_pull_request_with_its_history(repository: Repository, job: Jobs, forge: Path) -> None:
    """``ref: ${{ github.event.pull_request.head.sha }}`` and ``fetch-depth: 0``."""
    removed(repository, "change")
    event = repository.propose("change")
    git(repository.work.parent, "clone", "-q", "-b", "change", str(repository.origin), "one")
    done = job(repository.work.parent / "one", event)
    assert done.use({}), done.log
    assert len(comments(forge)) == 1


def test_a_branch_to_compare_with(repository: Repository, job: Jobs, forge: Path) -> None:
    removed(repository, "change")
    repository.propose("change")
    done = job(repository.checkout(repository.work.parent / "one"), {})
    assert done.use({"since": "main"}), done.log
    assert "heroku" in done.summary


def test_code_scanning_gets_the_errors(repository: Repository, job: Jobs) -> None:
    event = repository.propose("main")
    done = job(repository.checkout(repository.work.parent / "one"), event)
    assert done.use({"code-scanning": "true", "check": "false", "comment": "false"}), done.log
    ((name, given),) = done.used
    assert name.startswith("github/codeql-action/upload-sarif@")
    assert given["sarif_file"] == done.outputs[0]["sarif"]
    assert "check" not in done.ran


def test_words_of_a_pull_request_are_data(repository: Repository, job: Jobs, tmp_path: Path) -> None:
    """Names of branches, files and inputs that would be commands if a script contained them."""
    seen = tmp_path / "seen"
    evil = f"$(touch {seen})`touch {seen}`'\";touch {seen};"
    removed(repository, "change")
    event = repository.propose("change")
    event["pull_request"]["head"]["sha"] = evil
    done = job(repository.checkout(repository.work.parent / "one"), event)
    for name in ("fail-on", "since", "environments", "catalogue", "plan", "working-directory"):
        assert not done.use({name: evil})
    assert not seen.exists()
    assert os.listdir(tmp_path)  # noqa: PTH208
