"""``camp2iac init --from FOLDER``: by the rules that content is read by, and into this folder alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from running import PLAN, Command, Done

from tests.camp.build import laid_out
from tests.camp.test_git import repository

FILES = {
    "camp.yaml": PLAN.encode(),
    "web/guestbook.py": b"",
    "web/.profile": b"",
    ".gitignore": b"*.log\n",
    "environments/prod.yaml": b"target: heroku\n",
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return laid_out(tmp_path / "library/shop", FILES)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def made(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}


def init(camp2iac: Command) -> Done:
    return camp2iac("init", "--from", "../library/shop")


def test_what_is_copied(library: Path, here: Path, camp2iac: Command) -> None:
    laid_out(library, {"a.log": b"", "web/.env": b"", "web/node_modules/x": b"", "web/__pycache__/x.pyc": b""})
    laid_out(library, {"infra/prod/main.tf": b"", "out/.camp2iac.json": b"{}", "out/main.tf": b"", ".git/config": b""})
    done = init(camp2iac)
    assert (done.status, made(here)) == (0, set(FILES)), done.err


def test_git_decides(library: Path, here: Path, camp2iac: Command) -> None:
    repository(library, {"web/kept.log": b""}, forced=("web/kept.log",))
    laid_out(library, {"web/a.log": b""})
    assert init(camp2iac).status == 0
    assert made(here) == {*FILES, "web/kept.log"}


@pytest.mark.parametrize("target", ["../outside", "/etc/passwd", "nowhere", ".."])
def test_links_that_lead_out_are_refused(library: Path, here: Path, camp2iac: Command, target: str) -> None:
    (library.parent / "outside").write_text("secret")
    (library / "web/link").symlink_to(f"../{target}" if target == "../outside" else target)
    done = init(camp2iac)
    assert done.status == 1
    assert "CAMP133" in done.err
    assert not made(here)


def test_links_inside_become_files(library: Path, here: Path, camp2iac: Command) -> None:
    (library / "web/link").symlink_to("guestbook.py")
    assert init(camp2iac).status == 0
    assert not (here / "web/link").is_symlink()
    assert (here / "web/link").read_bytes() == b""


def test_modes_are_plain(library: Path, here: Path, camp2iac: Command) -> None:
    for name, mode in (("run", 0o6755), ("odd", 0o2644), ("closed", 0o600), ("open", 0o666), ("mine", 0o700)):
        (library / "web" / name).write_bytes(b"")
        (library / "web" / name).chmod(mode)
    (library / "web").chmod(0o3777)
    old = os.umask(0o022)
    try:
        assert init(camp2iac).status == 0
    finally:
        os.umask(old)
    wanted = {"run": 0o755, "odd": 0o644, "closed": 0o644, "open": 0o644, "mine": 0o755}
    assert {name: stat.S_IMODE((here / "web" / name).stat().st_mode) for name in wanted} == wanted
    assert stat.S_IMODE((here / "web").stat().st_mode) == 0o755


@pytest.mark.parametrize("way", ["web", "environments"])
def test_nothing_is_written_through_links(library: Path, here: Path, camp2iac: Command, way: str) -> None:
    elsewhere = here.parent / "elsewhere"
    elsewhere.mkdir()
    (here / way).symlink_to(elsewhere)
    done = init(camp2iac)
    assert done.status == 2
    assert f"{way} is not a plain folder; nothing was written" in done.err
    assert not made(elsewhere)
    assert made(here) == {way}


def test_a_dangling_link_at_the_destination(library: Path, here: Path, camp2iac: Command) -> None:
    (here / "camp.yaml").symlink_to(here.parent / "made")
    done = init(camp2iac)
    assert done.status == 2
    assert "camp.yaml is here already" in done.err
    assert not (here.parent / "made").exists()


def test_a_file_where_a_folder_belongs(library: Path, here: Path, camp2iac: Command) -> None:
    (here / "web").write_text("mine")
    done = init(camp2iac)
    assert (done.status, made(here)) == (2, {"web"})
    assert "web is not a plain folder" in done.err


def test_nothing_is_overwritten(library: Path, here: Path, camp2iac: Command) -> None:
    laid_out(here, {"web/guestbook.py": b"mine"})
    done = init(camp2iac)
    assert (done.status, made(here)) == (2, {"web/guestbook.py"})
    assert (here / "web/guestbook.py").read_bytes() == b"mine"


def test_pipes_are_passed_over(library: Path, here: Path, camp2iac: Command) -> None:
    os.mkfifo(library / "web/pipe")
    assert init(camp2iac).status == 0
    assert made(here) == set(FILES)


def test_a_folder_without_a_plan(here: Path, camp2iac: Command) -> None:
    (here.parent / "empty").mkdir()
    done = camp2iac("init", "--from", "../empty")
    assert (done.status, made(here)) == (2, set())
    assert "the folder ../empty has no camp.yaml" in done.err
    done = camp2iac("init", "--from", ".")
    assert (done.status, made(here)) == (2, set())
    assert "this is the folder itself" in done.err
