"""``camp2iac diff``: the two sides, and what they can be."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import PLAN, Command, Done

from camp2iac.synth.sourcemap import NAME
from camp2iac.version import VERSION

Git = Callable[..., str]
DATES = {"GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z", "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z"}
SCALED = PLAN.replace("max: 3", "max: 5")


def git_in(folder: Path) -> Git:
    """git in a folder, without the settings of the user."""

    def call(*arguments: str) -> str:
        names = [f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), **dict.fromkeys(names, "test"), **DATES}
        command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert not done.returncode, done.stderr
        return done.stdout.strip()

    return call


@pytest.fixture
def git(shop: Path) -> Git:
    """A repository with one commit, on the branch main."""
    call = git_in(shop)
    call("init", "-q")
    call("add", "-A")
    call("commit", "-qm", "first")
    return call


def told(done: Done) -> Any:
    """The JSON of a difference."""
    assert done.status in (0, 1), done.err
    return json.loads(done.out)


def environments(done: Done) -> dict[str, Any]:
    """The environments of a difference, by name."""
    return {each["name"]: each for each in told(done)["environments"]}


def test_nothing_changed(git: Git, camp2iac: Command) -> None:
    done = camp2iac("diff", "--output", "json")
    assert done.status == 0
    assert (told(done)["old"], told(done)["new"]) == ("HEAD", "the work tree")
    assert all(not each["resources"] for each in told(done)["environments"])
    assert "OLD is the last commit (HEAD), which is the tip of main." in done.err


def test_the_merge_base_with_the_default_branch(shop: Path, git: Git, camp2iac: Command) -> None:
    base = git("rev-parse", "--short", "HEAD")
    git("checkout", "-qb", "more")
    (shop / "camp.yaml").write_text(SCALED)
    git("commit", "-qam", "more")
    git("checkout", "-q", "main")
    (shop / "note").write_text("")
    git("add", "note")
    git("commit", "-qm", "main moved on")
    git("checkout", "-q", "more")
    done = camp2iac("diff", "--output", "json")
    assert told(done)["old"] == f"main at {base}"
    assert f"OLD is {base}, the last commit in common with main." in done.err
    assert environments(done)["openstack"]["sizes"]


def test_the_branch_that_the_remote_names(shop: Path, git: Git, camp2iac: Command) -> None:
    git("branch", "-m", "trunk")
    git("update-ref", "refs/remotes/origin/trunk", "HEAD")
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    (shop / "camp.yaml").write_text(SCALED)
    git("commit", "-qam", "more")
    done = camp2iac("diff", "--output", "json")
    assert told(done)["old"] == "origin/trunk"
    assert environments(done)["openstack"]["sizes"]


def test_without_a_default_branch(git: Git, camp2iac: Command) -> None:
    git("branch", "-m", "trunk")
    done = camp2iac("diff", "--output", "json")
    assert told(done)["old"] == "HEAD"
    assert "no branch origin/HEAD, main or master" in done.err


def test_a_detached_head(shop: Path, git: Git, camp2iac: Command) -> None:
    git("checkout", "-q", "--detach")
    (shop / "camp.yaml").write_text(SCALED)
    assert environments(camp2iac("diff", "--output", "json"))["openstack"]["sizes"]


def test_revisions(shop: Path, git: Git, camp2iac: Command) -> None:
    git("tag", "v1")
    (shop / "camp.yaml").write_text(SCALED)
    git("commit", "-qam", "more")
    (shop / "camp.yaml").write_text("not a plan")
    for old, new in (("v1", "main"), ("HEAD~1", "HEAD"), (git("rev-parse", "v1"), "main")):
        done = camp2iac("diff", old, new, "--output", "json")
        assert (told(done)["old"], told(done)["new"]) == (old, new)
        assert environments(done)["openstack"]["sizes"]
    assert (shop / "camp.yaml").read_text() == "not a plan"


def test_the_repository_is_not_changed(shop: Path, git: Git, camp2iac: Command) -> None:
    def state() -> dict[str, tuple[int, bytes]]:
        files = (path for path in shop.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = state()
    assert camp2iac("diff", "main").status == 0
    assert state() == before


def test_folders(shop: Path, tmp_path_factory: pytest.TempPathFactory, camp2iac: Command) -> None:
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(shop, other, dirs_exist_ok=True)
    (other / "camp.yaml").write_text(SCALED)
    for old, new in ((".", str(other)), ("camp.yaml", str(other / "camp.yaml"))):
        found = environments(camp2iac("diff", old, new, "--output", "json"))
        assert found.keys() == {"heroku", "openstack"}
        assert found["openstack"]["sizes"]


def test_archives(shop: Path, camp2iac: Command) -> None:
    def pack(name: str) -> None:
        with tarfile.open(shop / name, "w") as archive:
            for path in ("camp.yaml", "web", "environments"):
                archive.add(shop / path, path)

    pack("old.tar")
    assert not environments(camp2iac("diff", "old.tar", ".", "--output", "json"))["openstack"]["resources"]
    (shop / "web" / "guestbook.py").write_text("def app(environ, start_response): return []\n")
    pack("new.tar")
    found = environments(camp2iac("diff", "old.tar", "new.tar", "--output", "json"))
    assert found.keys() == {"heroku", "openstack"}
    assert found["openstack"]["resources"]


def test_an_output(shop: Path, camp2iac: Command) -> None:
    assert camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml").status == 0
    found = environments(camp2iac("diff", "infra/openstack", ".", "--output", "json"))
    assert found.keys() == {"openstack"}
    assert not found["openstack"]["resources"]
    assert "only between two plans that compile" in found["openstack"]["notes"][0]
    (shop / "infra" / "openstack" / NAME).write_text("<<<<<<<")
    done = camp2iac("diff", "infra/openstack", ".")
    assert done.status == 1
    assert "error[CAMP734]" in done.err


def test_the_output_that_is_committed_at_old(shop: Path, git: Git, camp2iac: Command) -> None:
    """It is what was applied, also if another release of camp2iac wrote it."""
    assert camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml").status == 0
    written = shop / "infra" / "openstack" / NAME
    written.write_text(written.read_text().replace('"version": "', '"version": "0.0.1+'))
    git("add", "-A")
    git("commit", "-qm", "output")
    found = environments(camp2iac("diff", "--output", "json"))
    assert [each["what"] for each in found["openstack"]["releases"]] == ["camp2iac"]
    assert not found["heroku"]["releases"]
    plans = environments(camp2iac("diff", "--recompile", "--output", "json"))
    assert not plans["openstack"]["releases"]


def test_an_upgrade_and_a_stale_output_are_causes(shop: Path, git: Git, camp2iac: Command) -> None:
    assert camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml").status == 0
    variable = "      - { requirement_type: org.camp2iac:Env, GREETING: hello }\n"
    edited = PLAN.replace("    requirements:\n", f"    requirements:\n{variable}")
    (shop / "camp.yaml").write_text(edited)
    git("add", "-A")
    git("commit", "-qm", "an output of another plan")

    def causes() -> set[str]:
        found = environments(camp2iac("diff", "--output", "json"))["openstack"]["resources"]
        return {cause["what"] for each in found for cause in each["causes"]}

    assert causes() == {"the output at HEAD, which is not up to date with the plan there"}
    written = shop / "infra" / "openstack" / NAME
    written.write_text(written.read_text().replace(f'"version": "{VERSION}"', '"version": "0.0.1"'))
    git("commit", "-qam", "an output of another release")
    assert causes() == {f"camp2iac 0.0.1 → {VERSION}"}


def test_environments_that_come_and_go(shop: Path, git: Git, camp2iac: Command) -> None:
    (shop / "environments" / "heroku.yaml").unlink()
    (shop / "environments" / "staging.yaml").write_text("target: openstack\n")
    done = camp2iac("diff", "--output", "json")
    found = environments(done)
    status = {name: each["status"] for name, each in found.items()}
    assert status == {"heroku": "removed", "openstack": "changed", "staging": "added"}
    acts = {name: {each["action"] for each in found[name]["resources"]} for name in ("heroku", "staging")}
    assert acts == {"heroku": {"destroy"}, "staging": {"create"}}
    assert "heroku is removed: Terraform destroys nothing without its output" in done.err


def test_only_these_environments(shop: Path, git: Git, camp2iac: Command) -> None:
    arguments = ("diff", "-e", "environments/heroku.yaml", "--output", "json")
    assert environments(camp2iac(*arguments)).keys() == {"heroku"}
    outside = shop / "elsewhere.yaml"
    outside.write_text("target: heroku\n")
    found = environments(camp2iac("diff", "-e", "elsewhere.yaml", "--output", "json"))
    assert {name: each["status"] for name, each in found.items()} == {"elsewhere": "added"}


def test_a_platform_without_an_environment(shop: Path, git: Git, camp2iac: Command) -> None:
    (shop / "camp.yaml").write_text(SCALED)
    found = environments(camp2iac("diff", "--target", "openstack", "--output", "json"))
    assert found.keys() == {"openstack"}
    assert found["openstack"]["sizes"]
    assert camp2iac("diff", "--target", "openstack", "-e", "environments/heroku.yaml").status == 2


def test_the_new_version_is_broken(shop: Path, git: Git, camp2iac: Command) -> None:
    (shop / "environments" / "heroku.yaml").write_text("target: heroku\nstak: x\n")
    done = camp2iac("diff", "--output", "json")
    assert done.status == 1
    assert "environments/heroku.yaml:2" in done.err
    notes = environments(done)["heroku"]["notes"]
    assert notes[0].startswith("heroku does not compile at the work tree: ")
    assert not environments(done)["openstack"]["notes"]
    assert {name: each["compared"] for name, each in environments(done).items()} == {
        "heroku": False,
        "openstack": True,
    }
    assert not environments(done)["heroku"]["same"]  # nothing is known of it


@pytest.mark.parametrize("form", ["pretty", "markdown", "json", "github"])
def test_nothing_is_said_of_what_was_not_compared(form: str, shop: Path, git: Git, camp2iac: Command) -> None:
    (shop / "environments" / "heroku.yaml").write_text("target: heroku\nstak: x\n")
    said = camp2iac("diff", "--output", form).out
    assert "Nothing changes in openstack; heroku was not compared" in said
    assert "no resource changes" not in said
    assert "Nothing changes in heroku" not in said
    only = camp2iac("diff", "-e", "environments/heroku.yaml", "--output", form).out
    assert "Heroku was not compared" not in only
    assert "heroku was not compared" in only
    assert "No difference" not in only


def test_the_old_version_is_broken(shop: Path, git: Git, camp2iac: Command) -> None:
    (shop / "camp.yaml").write_text("camp_version: CAMP 1.1\nartifacts: 3\n")
    git("commit", "-qam", "broken")
    (shop / "camp.yaml").write_text(PLAN)
    done = camp2iac("diff", "--output", "json")
    assert done.status == 0
    assert environments(done)["heroku"]["notes"][0].startswith("heroku does not compile at HEAD: ")


def test_a_plan_that_was_moved(shop: Path, git: Git, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop / "app").mkdir()
    for name in ("camp.yaml", "web", "environments"):
        (shop / name).rename(shop / "app" / name)
    monkeypatch.chdir(shop / "app" / "web")
    done = camp2iac("diff", "--output", "json")
    assert "At HEAD, the plan is camp.yaml" in done.err
    assert all(not each["resources"] for each in told(done)["environments"])


def test_no_plan_there(shop: Path, git: Git, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    git("checkout", "-q", "--orphan", "empty")
    git("rm", "-rqf", "--cached", ".")
    git("add", "web")
    git("commit", "-qm", "without a plan")
    done = camp2iac("diff", "HEAD", "--output", "json")
    assert "HEAD does not have the plan, so everything is new." in done.err
    assert {each["status"] for each in told(done)["environments"]} == {"added"}
    done = camp2iac("diff", "main", "HEAD")
    assert done.status == 1
    assert "error[CAMP733]: HEAD has no camp.yaml" in done.err
    (shop / "camp.yaml").unlink()
    done = camp2iac("diff")
    assert "error[CAMP715]: there is no camp.yaml in this folder or above it" in done.err


def test_several_plans_there(shop: Path, git: Git, camp2iac: Command) -> None:
    for name in ("one", "two"):
        (shop / name).mkdir()
        shutil.copy(shop / "camp.yaml", shop / name)
    git("rm", "-qf", "--cached", "camp.yaml")
    git("add", "one", "two")
    git("commit", "-qm", "two plans")
    done = camp2iac("diff", "HEAD", "--output", "json")
    assert {each["status"] for each in told(done)["environments"]} == {"added"}
    for name in ("one", "two"):
        shutil.rmtree(shop / name)
    done = camp2iac("diff", "HEAD")
    assert "error[CAMP733]: HEAD has no plan at camp.yaml" in done.err
    assert "one/camp.yaml, two/camp.yaml" in done.err


def test_no_environment(shop: Path, git: Git, camp2iac: Command) -> None:
    shutil.rmtree(shop / "environments")
    git("commit", "-qam", "no environments")
    done = camp2iac("diff")
    assert done.status == 1
    assert "error[CAMP735]: neither HEAD nor the work tree has an environment" in done.err


def test_not_a_repository(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("diff")
    assert done.status == 1
    assert "error[CAMP731]: there is no version to compare with: the plan is not in a git repository" in done.err
    assert "error[CAMP730]: main is neither a revision nor a file" in camp2iac("diff", "main").err


def test_no_commit(shop: Path, camp2iac: Command) -> None:
    git_in(shop)("init", "-q")
    assert "error[CAMP731]: there is no version to compare with: the repository has no commit" in camp2iac("diff").err


def test_a_shallow_clone(
    shop: Path, git: Git, camp2iac: Command, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("checkout", "-qb", "more")
    (shop / "camp.yaml").write_text(SCALED)
    git("commit", "-qam", "more")
    clone = tmp_path_factory.mktemp("clone")
    git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{shop}", str(clone))
    monkeypatch.chdir(clone)
    git_in(clone)("remote", "set-head", "origin", "--delete")
    done = camp2iac("diff")
    assert done.status == 1
    assert "error[CAMP732]: this clone does not have the last commit in common with origin/main" in done.err
    assert "git fetch --unshallow" in done.err
    git_in(clone)("update-ref", "-d", "refs/remotes/origin/main")
    assert "git fetch --unshallow" in camp2iac("diff").err
    assert "git fetch --unshallow" in camp2iac("diff", "v1").err
    git_in(clone)("fetch", "-q", "--unshallow", "origin", "main:refs/remotes/origin/main", "more")
    assert environments(camp2iac("diff", "--output", "json"))["openstack"]["sizes"]


def test_nothing_in_common(shop: Path, git: Git, camp2iac: Command) -> None:
    git("checkout", "-q", "--orphan", "other")
    git("commit", "-qm", "another beginning")
    done = camp2iac("diff")
    assert "error[CAMP732]: HEAD and main have no commit in common" in done.err


@pytest.mark.parametrize(
    "name", ["--upload-pack=touch pwned", "-h", "--", "-", "a\nb", "x" * 5000, "HEAD^{/[}", "@{0}.."]
)
def test_hostile_revisions(name: str, shop: Path, git: Git, camp2iac: Command) -> None:
    done = camp2iac("diff", "--", name)
    assert done.status == 1
    assert "error[CAMP730]" in done.err
    assert not (shop / "pwned").exists()


def test_a_range(git: Git, camp2iac: Command) -> None:
    assert "camp2iac diff main HEAD" in camp2iac("diff", "main...HEAD").err


def test_a_revision_and_a_file(shop: Path, git: Git, camp2iac: Command) -> None:
    git("branch", "web")
    done = camp2iac("diff", "web")
    assert "error[CAMP730]: web is a revision and a file" in done.err
    assert camp2iac("diff", "refs/heads/web").status == 0
