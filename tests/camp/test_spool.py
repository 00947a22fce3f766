"""Bytes that are too many for memory: in a temporary file without a name."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path

import pytest

from camp2iac.camp import spool
from camp2iac.camp.spool import Spool, Spooled, SpoolError
from tests.camp.build import FILES, laid_out, reading, tarred, tgz, zipped

DATA = bytes(range(256)) * 40
PACKAGES = {"zip": zipped(FILES), "tar": tarred(FILES), "tgz": tgz(FILES)}


@pytest.fixture(params=[100, 1_000_000])
def limit(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many bytes stay in memory: few, or all of the tests' bytes."""
    monkeypatch.setattr(spool, "IN_MEMORY", request.param)
    monkeypatch.setattr(spool, "CHUNK", 64)
    return int(request.param)


def test_any_part_can_be_read(limit: int) -> None:
    made = Spool.of(DATA[at : at + 33] for at in range(0, len(DATA), 33))
    assert len(made) == len(DATA)
    for at, size in (
        (0, 10),
        (70, 300),
        (len(DATA) - 5, 5),
        (len(DATA) - 5, 50),
        (len(DATA), 1),
        (2**70, 1),
        (0, 2**70),
    ):
        assert made.read(at, size) == DATA[at : at + size]
        assert b"".join(made.chunks(at, size)) == DATA[at : at + size]
    made.append(b"more")
    assert made.read(len(DATA) - 1, 9) == DATA[-1:] + b"more"
    assert Spooled(made, 64, 128, 128).start(70) == DATA[64:134]


def test_several_threads_read_at_the_same_time(limit: int) -> None:
    made = Spool.of([DATA])
    found: list[bool] = []

    def look(number: int) -> None:
        found.append(all(made.read(at, 100) == DATA[at : at + 100] for at in range(number, len(DATA), 7)))

    threads = [threading.Thread(target=look, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 8


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="there is no /proc")
def test_the_file_has_no_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """So it disappears with the process, even if that is killed, and with the spool."""
    monkeypatch.setattr(spool, "IN_MEMORY", 100)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = _deleted(tmp_path)
    made = Spool.of([DATA])
    assert list(tmp_path.iterdir()) == []
    assert _deleted(tmp_path) == before + 1
    del made
    assert _deleted(tmp_path) == before


def _deleted(folder: Path) -> int:
    """The open files without a name that are in a folder."""
    links = (os.path.realpath(link) for link in Path("/proc/self/fd").iterdir())
    return sum(link.startswith(f"{folder}/") for link in links)


@pytest.mark.parametrize("kind", PACKAGES)
@pytest.mark.parametrize("limit", [0, 300], indirect=True)
def test_packages_are_read_from_it(kind: str, limit: int, tmp_path: Path) -> None:
    (tmp_path / "shop").write_bytes(PACKAGES[kind])
    source, codes = reading(tmp_path / "shop", "shop")
    assert source is not None
    assert codes == []
    assert {path: source.package.read(path) for path in FILES} == FILES
    assert source.package.start("web/app.py", 5) == b"print"
    assert source.package.size("web/app.py") == len(FILES["web/app.py"])


@pytest.mark.parametrize("kind", PACKAGES)
def test_there_is_no_space_for_it(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full or read-only folder for temporary files is an error of its own, not a crash."""
    monkeypatch.setattr(spool, "IN_MEMORY", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    (tmp_path / "shop").write_bytes(PACKAGES[kind])
    assert reading(tmp_path / "shop", "shop") == (None, ["CAMP138"])
    with pytest.raises(SpoolError, match="no temporary file can be written"):
        Spool.of([DATA])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_the_disk_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", 100)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: open("/dev/full", "r+b", buffering=0))  # noqa: SIM115, PTH123
    with pytest.raises(SpoolError, match="No space left on device"):
        Spool.of([DATA])


def test_a_folder_needs_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    assert reading(laid_out(tmp_path / "shop", FILES))[1] == []
