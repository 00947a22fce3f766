"""The plan and the environment files that commands find if none are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import PLAN, Command

from camp2iac.cli import discovery

COMMANDS = (("synth",), ("validate",), ("port",), ("matrix",), ("content",), ("secrets",))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])
def test_a_plan_in_this_folder_needs_no_name(command: tuple[str], shop: Path, camp2iac: Command) -> None:
    done = camp2iac(*command)
    assert done.status == 0, done.err
    assert "The plan is" not in done.err
    named = camp2iac(*command, "camp.yaml")
    assert (named.status, named.out) == (0, done.out)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])
def test_a_plan_above_is_named(
    command: tuple[str], shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop / "web/deep").mkdir()
    monkeypatch.chdir(shop / "web/deep")
    done = camp2iac(*command)
    assert done.status == 0, done.err
    assert done.err.startswith("The plan is ../../camp.yaml.\n")
    assert not [path for path in (shop / "web").rglob("*") if path.is_file() and path.name != "guestbook.py"]
    if command == ("synth",):
        assert (shop / "infra/heroku/versions.tf").exists()
        assert "cd ../../infra/heroku" in done.err
    assert "The plan is" not in camp2iac(*command, "-q").err


def test_the_nearest_plan_is_used(shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop / "web/camp.yaml").write_text(PLAN.replace("name: guestbook", "name: inner").replace("web/", "./"))
    monkeypatch.chdir(shop / "web")
    done = camp2iac("content", "--output", "json")
    assert json.loads(done.out)["name"] == "inner"


@pytest.mark.parametrize("end", ["repository", "home"])
def test_the_search_ends(
    end: str, shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A plan beyond the top of the repository, or beyond the home folder, belongs to something else."""
    inside = shop / "own/folder"
    inside.mkdir(parents=True)
    if end == "repository":
        (shop / "own/.git").mkdir()
        (shop / "own/.git/HEAD").write_text("ref: refs/heads/main\n")
    else:
        monkeypatch.setenv("HOME", str(shop / "own"))
    monkeypatch.chdir(inside)
    assert discovery.nearest() is None
    done = camp2iac("validate")
    assert done.status == 1
    assert done.out.startswith("error[CAMP715]: there is no camp.yaml in this folder or above it")
    why = "the top of the git repository" if end == "repository" else "your home folder"
    assert f"and above it, up to {shop / 'own'}, {why}" in done.out
    (shop / "own/camp.yaml").write_text(PLAN)
    assert discovery.nearest() == Path("../camp.yaml")


@pytest.mark.parametrize("command", [*COMMANDS, ("diff",)], ids=lambda each: each[0])
def test_no_plan_says_where_it_looked(
    command: tuple[str], tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    done = camp2iac(*command)
    assert done.status == 1
    said = done.out if command == ("validate",) else done.err
    assert "error[CAMP715]: there is no camp.yaml in this folder or above it" in said
    assert f"camp2iac looked in {tmp_path}" in said
    assert "camp2iac diff OLD NEW" in said if command == ("diff",) else "camp2iac init" in said
    (tmp_path / "camp.yml").write_text(PLAN)
    done = camp2iac(*command)
    said = done.out if command == ("validate",) else done.err
    assert "but the name must be camp.yaml" in said
    assert "rename camp.yml to camp.yaml" in said


@pytest.mark.parametrize("command", [("synth",), ("validate",), ("port",), ("matrix",), ("content",), ("secrets",)])
def test_no_plan_for_programs(
    command: tuple[str], tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    done = camp2iac(*command, "--output", "json")
    assert (done.status, done.err) == (1, "")
    assert [each["code"] for each in json.loads(done.out)["diagnostics"]] == ["CAMP715"]


def test_standard_input_has_no_environments(
    shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = camp2iac("synth", "-")
    assert done.status == 2
    assert "name the platform with  -e ENV.yaml  or  --target openstack" in done.err


@pytest.mark.parametrize("command", [("synth",), ("validate",), ("port",), ("matrix",), ("secrets",)])
def test_two_files_for_one_environment(command: tuple[str], shop: Path, camp2iac: Command) -> None:
    (shop / "environments/heroku.yml").write_text("target: heroku\n")
    done = camp2iac(*command)
    assert done.status == 1
    said = done.out if command == ("validate",) else done.err
    assert (
        "error[CAMP716]: environments/heroku.yaml and environments/heroku.yml are both the environment heroku" in said
    )
    assert not (shop / "infra").exists()
    assert camp2iac("synth", "-e", "environments/heroku.yml").status == 0


def test_files_of_editors_are_no_environments(shop: Path, camp2iac: Command) -> None:
    for name in (".#heroku.yaml", ".heroku.yaml", "heroku.yaml.orig", "heroku.yaml~"):
        (shop / "environments" / name).write_text("target: nowhere\n")
    (shop / "environments/folder.yaml").mkdir()
    done = camp2iac("synth")
    assert done.status == 0, done.err
    assert sorted(path.name for path in (shop / "infra").iterdir()) == ["heroku", "openstack"]


def test_without_environments_the_platform_must_be_named(shop: Path, camp2iac: Command) -> None:
    for path in (shop / "environments").iterdir():
        path.unlink()
    done = camp2iac("synth")
    assert (done.status, done.out) == (2, "")
    assert "name the platform with  -e ENV.yaml  or  --target openstack: there are no environment files" in done.err
    assert camp2iac("synth", "--target", "heroku").status == 0
    assert camp2iac("validate").out == "camp.yaml: no errors\n"
    assert camp2iac("matrix").status == 2
    assert camp2iac("port").status == 2
