"""Runs that are killed, and runs at once: the folder is one run's or another's, never a mixture."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from camp2iac.camp import tree
from camp2iac.synth import folder, journal, lock, sourcemap
from tests.synth.killed import NEW, OLD, contents, output, write

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("before", ["", "old"])
@pytest.mark.parametrize(
    ("what", "then", "least"),
    [("again", "new", 15), ("again", "old", 15), ("again", "other", 15), ("by_hand", "new", 3), ("foreign", "new", 15)],
)
def test_killed_at_any_step(what: str, then: str, least: int, before: str, tmp_path: Path) -> None:
    assert _run(what, tmp_path, before, then) >= least


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", "old"])
def test_killed_twice(before: str, tmp_path: Path) -> None:
    assert _run("twice", tmp_path, before, "other") >= 200


def _run(what: str, place: Path, before: str, then: str) -> int:
    command = [sys.executable, "-m", "tests.synth.killed", what, str(place), before, then]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


RACER = """
import sys
from pathlib import Path
from tests.synth.killed import write
for _ in range(100):
    report = write(Path(sys.argv[2]), sys.argv[1])
    assert not report.refused, report.refused
"""


def test_two_at_once(tmp_path: Path) -> None:
    """Two that take turns without end: nobody finds anything but what one of them made."""
    command = [sys.executable, "-c", RACER]
    runs = [
        subprocess.Popen([*command, name, str(tmp_path / "out")], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for name in ("old", "new", "other")
    ]
    for run in runs:
        _, err = run.communicate(timeout=120)
        assert run.returncode == 0, err
    ends = []
    for name in ("old", "new", "other"):
        write(tmp_path / name, name)
        ends.append(contents(tmp_path / name))
    assert contents(tmp_path / "out") in ends


@pytest.mark.parametrize("check", [False, True])
def test_one_waits_and_says_so(check: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "out", "old")
    before = contents(tmp_path)
    monkeypatch.setattr(lock, "PAUSE", 0)
    with lock.held(tmp_path / "out"):
        report = write(tmp_path / "out", "new", check=check)
    (only,) = report.refused
    assert (only.code, only.message) == ("CAMP709", f"another camp2iac writes to {tmp_path / 'out'} now")
    assert contents(tmp_path) == before
    assert not write(tmp_path / "out", "new").refused


def test_a_lock_that_is_released_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, waited = tmp_path / lock.FILE, []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            file.unlink()

    monkeypatch.setattr(lock, "_folder", lambda directory: -1)
    monkeypatch.setattr(lock.time, "sleep", sleep)
    file.touch()
    with lock.held(tmp_path):
        assert file.exists()
    assert waited == [lock.PAUSE] * 3
    assert not file.exists()


def test_a_file_where_folders_cannot_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_folder", lambda directory: -1)
    monkeypatch.setattr(lock, "PAUSE", 0)
    assert not write(tmp_path, "old").refused
    with lock.held(tmp_path):
        report = write(tmp_path, "new")
        assert [item.code for item in report.refused] == ["CAMP709"]
        assert str(tmp_path / lock.FILE) in (report.refused[0].help or "")
        assert not write(tmp_path, "new", check=True).refused
    assert not write(tmp_path, "new").refused
    assert not (tmp_path / lock.FILE).exists()


def test_what_earlier_releases_left_behind(tmp_path: Path) -> None:
    write(tmp_path, "old")
    before = contents(tmp_path)
    (tmp_path / ".camp2iac-ab12_x9z").mkdir()
    (tmp_path / ".camp2iac-ab12_x9z/0").write_bytes(b"")
    (tmp_path / ".camp2iac-mine4567").mkdir()
    (tmp_path / ".camp2iac-mine4567/notes.txt").write_bytes(b"")
    write(tmp_path, "old")
    mine = {".camp2iac-mine4567": None, ".camp2iac-mine4567/notes.txt": b""}
    assert contents(tmp_path) == {**before, **mine}


def test_ctrl_c_is_an_interruption_like_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "old")
    replace, left = Path.replace, [3]

    def stopping(path: Path, target: Path) -> Path:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", stopping)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, "new")
    monkeypatch.undo()
    assert (tmp_path / journal.STAGE).exists()
    assert not write(tmp_path, "new").refused
    assert not (tmp_path / journal.STAGE).exists()
    assert {path: data for path, data in contents(tmp_path).items() if path in NEW} == NEW


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 1, "files": {"../x": []}}', '{"format": 1, "files": {"x": [1]}}']
)
def test_a_journal_that_is_none_permits_nothing(text: str, tmp_path: Path) -> None:
    write(tmp_path, "old")
    (tmp_path / "web.tf").write_bytes(b"by hand")
    (tmp_path / journal.STAGE).mkdir()
    (tmp_path / journal.STAGE / journal.JOURNAL).write_text(text)
    assert [item.code for item in write(tmp_path, "new").refused] == ["CAMP702"]
    (tmp_path / "web.tf").write_bytes(OLD["web.tf"])
    assert not write(tmp_path, "new").refused
    assert not (tmp_path / journal.STAGE).exists()


def test_one_name_for_the_folder_of_new_files() -> None:
    assert tree.OUR_STAGE == sourcemap.STAGE
    assert tree.OUR_OUTPUT == sourcemap.NAME
    with pytest.raises(ValueError, match="not a path"):
        folder.write(output({f"{sourcemap.STAGE}/x": b""}, "x"), Path(os.devnull))
