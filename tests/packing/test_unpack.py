"""``camp2iac unpack``: what was packed is in the folder, and nothing else changes."""

from __future__ import annotations

import io
import json
import os
import tarfile
from pathlib import Path

import pytest

from tests.camp.build import tarred, zipped
from tests.packing.making import KINDS, PLAN, camp2iac, laid_out, tree

FILES = {"camp.yaml": PLAN, "web/index.html": b"<p>hello</p>\n", "web/run": b"#!/bin/sh\n"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_packed(kind: str, tmp_path: Path) -> None:
    shop = laid_out(tmp_path / "shop", FILES, runs=("web/run",))
    archive = tmp_path / f"x{kind}"
    assert camp2iac("pack", shop, "-o", archive).status == 0
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "new/folder", tmp_path / "empty"):
        done = camp2iac("unpack", archive, "-o", folder, "--output", "json")
        assert done.status == 0, done.err
        assert json.loads(done.out)["files"] == ["camp.mf", "camp.yaml", "web/index.html", "web/run"]
        found = tree(folder)
        assert found.pop("camp.mf")
        assert found == tree(shop)
        assert camp2iac("validate", folder).status == camp2iac("validate", shop).status
        assert camp2iac("pack", folder, "-o", tmp_path / f"y{kind}").status == 0
        assert (tmp_path / f"y{kind}").read_bytes() == archive.read_bytes()


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    archive = tmp_path / "x.zip"
    archive.write_bytes(zipped(FILES))
    laid_out(tmp_path / "mine", {"web/index.html": b"mine"})
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "dead").symlink_to("nowhere")
    before = tree(tmp_path)
    for name in ("mine", "file", "dead"):
        done = camp2iac("unpack", archive, "-o", tmp_path / name)
        assert done.status == 1
        assert "error[CAMP744]" in done.err
    assert tree(tmp_path) == before
    assert not os.path.lexists(tmp_path / "nowhere")


def _link(name: str, target: str) -> bytes:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, target
    return tarred(FILES, info)


def _twice() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        folder = tarfile.TarInfo("web")
        folder.type, folder.linkname = tarfile.SYMTYPE, "/tmp"
        archive.addfile(folder)
        for name, data in FILES.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


HOSTILE = {
    "above": zipped(FILES | {"../x": b""}),
    "absolute": tarred(FILES | {"/tmp/x": b""}),
    "link out": _link("web/x", "../../x"),
    "link to a folder": _link("x", "web"),
    "link below which files are": _twice(),
    "no plan": zipped({"x": b""}),
    "another digest": zipped(FILES | {"camp.mf": b"SHA256(web/run)= " + b"0" * 64 + b"\n"}),
    "no archive": PLAN,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_nothing_is_written_of_what_the_reader_refuses(case: str, tmp_path: Path) -> None:
    archive = tmp_path / "x.zip"
    archive.write_bytes(HOSTILE[case])
    done = camp2iac("unpack", archive, "-o", tmp_path / "out")
    assert done.status == (2 if case == "no archive" else 1)
    assert [each.name for each in tmp_path.iterdir()] == ["x.zip"]


def test_a_link_becomes_a_copy(tmp_path: Path) -> None:
    archive = tmp_path / "x.tar"
    archive.write_bytes(_link("web/x", "index.html"))
    assert camp2iac("unpack", archive, "-o", tmp_path / "out").status == 0
    copy = tmp_path / "out/web/x"
    assert not copy.is_symlink()
    assert copy.read_bytes() == FILES["web/index.html"]
    copy.write_bytes(b"changed")
    assert (tmp_path / "out/web/index.html").read_bytes() == FILES["web/index.html"]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    archive = tmp_path / "x.zip"
    archive.write_bytes(zipped(FILES))
    (tmp_path / "file").write_bytes(b"")
    done = camp2iac("unpack", archive, "-o", tmp_path / "file/out")
    assert done.status == 1
    assert "error[CAMP743]" in done.err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "x.zip"]
