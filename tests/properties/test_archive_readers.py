"""Our readers of archives find what the standard library finds in sound ones, whoever wrote them."""

from __future__ import annotations

import gzip
import io
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camp2iac.camp import tar
from camp2iac.camp import zip as zips
from camp2iac.camp.members import Member, sniff
from camp2iac.camp.spool import Spool
from camp2iac.record import replace

NAMES = st.lists(st.text("abcé \u4e2d", min_size=1, max_size=70), min_size=1, max_size=6).map("/".join)
FILES = st.dictionaries(NAMES, st.binary(max_size=1500), max_size=6)
# With the mark of an archive's end in it, it is refused: tests/camp/test_zips.py.
COMMENTS = st.binary(max_size=30).filter(lambda comment: b"PK\x05\x06" not in comment)


def read(data: bytes) -> dict[str, tuple[bytes | None, Member]]:
    """The bytes of each member, and what else is known about it."""
    kind, archive = sniff(data), Spool(data)
    found = zips.members(archive, "x") if kind == "zip" else tar.members(archive, kind, "x")
    return {
        member.name: (member.content.read() if member.content is not None else None, replace(member, content=None))
        for member in found
    }


@settings(max_examples=150, deadline=None)
@given(
    FILES,
    st.sampled_from([tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    st.integers(0, 3),
    st.booleans(),
    st.dictionaries(st.text("abc.", min_size=1), st.text("x=\n 1é"), max_size=3),
)
def test_tar(files: dict[str, bytes], form: int, pieces: int, noted: bool, notes: dict[str, str]) -> None:
    out = io.BytesIO()
    kept = {}
    with tarfile.open(fileobj=out, mode="w", format=form, pax_headers=notes if noted else {}) as archive:
        for number, (name, data) in enumerate(files.items()):
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(data), 0o755 if number % 2 else 0o644
            if form == tarfile.PAX_FORMAT and noted:
                info.pax_headers = notes
            try:
                archive.addfile(info, io.BytesIO(data))
            except ValueError:  # a name that is too long for USTAR
                continue
            kept[name] = data, Member(name, executable=bool(number % 2))
            link = tarfile.TarInfo(f"{name}-link")
            link.type, link.linkname = tarfile.SYMTYPE, "../" * 50 + name if form != tarfile.USTAR_FORMAT else "x"
            try:
                archive.addfile(link)
            except ValueError:
                continue
            kept[link.name] = None, Member(link.name, link=link.linkname)
    plain = out.getvalue()
    step = len(plain) // (pieces or 1) + 1
    packed = b"".join(gzip.compress(plain[at : at + step]) for at in range(0, len(plain), step)) if pieces else plain
    assert read(packed) == kept


@settings(max_examples=150, deadline=None)
@given(FILES, st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]), st.booleans(), COMMENTS)
def test_zip(files: dict[str, bytes], method: int, wide: bool, around: bytes) -> None:
    class Pipe(io.RawIOBase):
        """What cannot be gone back in: sizes follow the data."""

        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:  # type: ignore[no-untyped-def]
            self.data += bytes(data)
            return len(data)

    out = Pipe()
    with zipfile.ZipFile(out, "w", method) as archive:  # type: ignore[call-overload]
        archive.comment = around
        for name, data in files.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=wide) as file:
                file.write(data)
    assert {name: data for name, (data, _) in read(out.data or b"").items()} == files
    if files:
        whole = out.data  # what stands before an archive, such as a script that unpacks it, moves all places
        assert {entry.name for entry in zips.entries(Spool(b"#!/bin/sh\n" + whole), budget(whole))} == set(files)


def budget(data: bytes):  # type: ignore[no-untyped-def]
    from camp2iac.camp.members import Budget

    return Budget("x", len(data))


@pytest.mark.parametrize("form", ["v7", "ustar", "gnu", "oldgnu", "posix"])
@pytest.mark.skipif(not shutil.which("tar"), reason="there is no tar")
def test_what_tar_writes(form: str, tmp_path: Path) -> None:
    deep = "d" * 60 if form == "v7" else "d" * 90 + "/" + "e" * 80
    files = {"app.py": b"x" * 700, f"{deep}/ünïcode.txt": b"", "empty": b""}
    for name, data in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    (tmp_path / "in/run").symlink_to("app.py")
    command = ["tar", f"--format={form}", "-C", str(tmp_path / "in"), "-czf", str(tmp_path / "x.tgz"), "."]
    subprocess.run(command, check=True)
    found = read((tmp_path / "x.tgz").read_bytes())
    assert {name[2:]: data for name, (data, _) in found.items() if data is not None} == files
    assert found["./run"][1].link == "app.py"


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git")
@pytest.mark.parametrize("form", ["tar", "tgz", "zip"])
def test_what_git_writes(form: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_bytes(b"x")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], check=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})
    packed = subprocess.run([*git, "archive", f"--format={form}", "HEAD"], check=True, capture_output=True)
    assert {name: data for name, (data, _) in read(packed.stdout).items()} == {"app.py": b"x"}


@pytest.mark.skipif(not shutil.which("zip"), reason="there is no zip")
@pytest.mark.parametrize("options", [[], ["-fd"], ["-fz-", "-0"], ["-X"], ["-y"]])
def test_what_info_zip_writes(options: list[str], tmp_path: Path) -> None:
    for name in ("naïve café.txt", "app.py"):
        (tmp_path / name).write_bytes(b"x" * 100)
    subprocess.run(["zip", "-qr", *options, "x.zip", "."], check=True, cwd=tmp_path)
    subprocess.run(["zip", "-qd", "x.zip", "app.py"], check=True, cwd=tmp_path)
    found = read((tmp_path / "x.zip").read_bytes())
    assert {name: data for name, (data, _) in found.items()} == {"naïve café.txt": b"x" * 100}
