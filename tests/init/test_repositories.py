"""A repository in, a plan out: ``camp2iac init --yes`` in each folder of ``repositories/``.

``files/`` is the repository; ``expected/`` has what is printed, and the plan. Each plan compiles for both platforms,
except where what is printed says why not.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from support.compiler import in_process

from camp2iac import read
from camp2iac.cli import run

HERE = Path(__file__).parent / "repositories"
NAMES = sorted(path.name for path in HERE.iterdir())
Golden = Callable[[Path, str], None]
#: Without a plan: a library, and what no product runs.
WITHOUT = {"library", "rust"}
#: Platforms that a repository's plan is not for.
ELSEWHERE = {
    "rails-sidekiq": {"heroku"},  # Ruby 3.1
    "too-new": {"openstack"},
    "wordpress": {"heroku"},
}


@pytest.fixture
def here(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a repository, as working directory."""
    folder = tmp_path / request.param
    shutil.copytree(HERE / request.param / "files", folder)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return folder


def built(folder: Path, said: str) -> None:
    """Create what a build would."""
    for content in re.findall(r"^  first: .*  creates (\S+)$", said, re.MULTILINE):
        path = folder / content
        if content.endswith("/"):
            path.mkdir(parents=True)
            (path / "index.html").write_text("<!doctype html>\n<title>Built</title>\n")
            continue
        path.parent.mkdir(parents=True)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(zipfile.ZipInfo("META-INF/MANIFEST.MF"), "Manifest-Version: 1.0\nMain-Class: Main\n")
            archive.writestr(zipfile.ZipInfo("Main.class"), b"\xca\xfe\xba\xbe")


@pytest.mark.parametrize("here", NAMES, indirect=True)
def test_a_plan_that_fits(here: Path, capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    expected = HERE / here.name / "expected"
    expected.mkdir(exist_ok=True)
    status = run(["init", "--yes"])
    out, err = capsys.readouterr()
    assert not out
    golden(expected / "said.txt", err)
    assert status == (1 if here.name in WITHOUT else 0)
    if here.name in WITHOUT:
        assert not (here / "camp.yaml").exists()
        return
    golden(expected / "camp.yaml", (here / "camp.yaml").read_text())
    environments = sorted(path.stem for path in (here / "environments").iterdir())
    assert environments == sorted({"docker", "heroku", "kubernetes", "openstack"} - ELSEWHERE.get(here.name, set()))
    built(here, err)
    for name in environments:
        in_process("synth", "camp.yaml", "-e", f"environments/{name}.yaml")
        assert (here / "infra" / name / "versions.tf").exists() or (here / "infra" / name).exists()


@pytest.mark.parametrize("here", ["django-celery", "laravel", "express"], indirect=True)
def test_no_value_of_a_variable_is_in_the_plan(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--yes"]) == 0
    written = (here / "camp.yaml").read_text() + capsys.readouterr().err
    for value in ("hunter2", "clinic:clinic", "127.0.0.1", "Roster\n"):
        assert value not in written


@pytest.mark.parametrize("here", ["flask", "monorepo"], indirect=True)
def test_nothing_but_the_files_decides(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twice the same, and the plan and the environment files of the first time are not content of the second."""
    texts = []
    for _ in range(2):
        assert run(["init", "--yes"]) == 0
        texts.append(((here / "camp.yaml").read_text(), capsys.readouterr().err))
        (here / "camp.yaml").unlink()
        shutil.rmtree(here / "environments")
    assert texts[0] == texts[1]


@pytest.mark.parametrize("here", NAMES, indirect=True)
def test_what_is_printed_has_no_warning_of_the_plan(here: Path) -> None:
    """The plan itself is sound: nothing is wrong with it on every platform, but for content that is to be built."""
    if here.name in WITHOUT:
        return
    run(["init", "--yes"])
    found = {each.code for each in read(here).check().diagnostics if each.level.value != "note"}
    assert found <= {"CAMP211"}


def test_the_environment_files_have_no_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sure fixes are applied already: the owner of each add-on that two apps use is named."""
    monkeypatch.chdir(tmp_path)
    requires = "require (\n\tgithub.com/lib/pq v1.10.9\n\tgithub.com/redis/go-redis/v9 v9.5.1\n)\n"
    (tmp_path / "go.mod").write_text(f"module example.org/feed\n\ngo 1.22\n\n{requires}")
    for name in ("api", "worker"):
        (tmp_path / "cmd" / name).mkdir(parents=True)
        (tmp_path / "cmd" / name / "main.go").write_text("package main\n\nfunc main() {}\n")
    assert run(["init", "--yes"]) == 0
    files = sorted((tmp_path / "environments").iterdir())
    lines = (tmp_path / "environments/heroku.yaml").read_text().splitlines()
    assert lines[1:3] == ["target: heroku", "addons: { database: { owner: api }, cache: { owner: api } }"]
    for path in files:
        assert not [
            each for each in read(".", leave_out=files).check(path).diagnostics if each.level.value == "warning"
        ]
