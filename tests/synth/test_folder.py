"""The output folder: whole or not at all, and never over what is not ours."""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest

from camp2iac.diagnostics import Span
from camp2iac.diagnostics.codes import CODES
from camp2iac.synth import folder, sourcemap
from camp2iac.synth.folder import Output, WriteReport
from camp2iac.synth.module import Attribute, Block, Commented, Document, Module
from camp2iac.synth.sourcemap import SourceMap
from camp2iac.version import VERSION

MAP = (".camp2iac.digests.json", ".camp2iac.json")
FILES = {"web.tf": b"# web\n", "cloud-init/web.sh": b"#!/bin/bash\n"}


def output(files: Mapping[str, bytes] = FILES, *executables: str) -> Output:
    source_map = SourceMap("openstack", "../camp.yaml", None, {"camp.yaml": "0" * 64}, {"var.x": None})
    return Output(files, source_map, frozenset(executables))


def contents(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()
    }


def refused(report: WriteReport) -> list[tuple[str, str]]:
    assert not report.written
    assert not report.removed
    return [(item.code, item.message) for item in report.refused]


def test_new_folder(tmp_path: Path) -> None:
    report = folder.write(output(FILES, "cloud-init/web.sh"), tmp_path / "a/b")
    assert report == WriteReport(written=(".camp2iac.digests.json", ".camp2iac.json", "cloud-init/web.sh", "web.tf"))
    assert {path: data for path, data in contents(tmp_path / "a/b").items() if path not in MAP} == FILES
    assert os.access(tmp_path / "a/b/cloud-init/web.sh", os.X_OK)
    assert not os.access(tmp_path / "a/b/web.tf", os.X_OK)
    assert json.loads((tmp_path / "a/b/.camp2iac.json").read_bytes()) == {
        "format": 3,
        "version": VERSION,
        "target": "openstack",
        "plan": "../camp.yaml",
        "environment": None,
        "anchors": {},
        "origins": {"var.x": None},
        "resources": {},
    }
    assert json.loads((tmp_path / "a/b/.camp2iac.digests.json").read_bytes()) == {
        "format": 3,
        "inputs": {"camp.yaml": "0" * 64},
        "files": {
            "cloud-init/web.sh": "b875f928546aee7855cb1db9afc8ab3f1a8a34d43de5bbd62f7076d7ba9f3917",
            "web.tf": "47746b8443d68f03d1842bf9e31e731def2f11f7fc6e1c7ecefe3819714ea86f",
        },
    }


def test_second_run_changes_nothing(tmp_path: Path) -> None:
    folder.write(output(), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    report = folder.write(output(), tmp_path)
    assert report == WriteReport(unchanged=(".camp2iac.digests.json", ".camp2iac.json", "cloud-init/web.sh", "web.tf"))
    assert not report.changed
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_stale_files_go_and_the_users_stay(tmp_path: Path) -> None:
    folder.write(output(), tmp_path)
    users = {"mine.tf": b"x", "terraform.tfstate": b"{}", ".terraform.lock.hcl": b"y", ".terraform/z": b"z"}
    for path, data in users.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    report = folder.write(output({"web.tf": b"# new\n"}), tmp_path)
    assert (report.written, report.removed) == ((".camp2iac.digests.json", "web.tf"), ("cloud-init/web.sh",))
    assert not (tmp_path / "cloud-init").exists()
    left = contents(tmp_path)
    for name in MAP:
        del left[name]
    assert left == {"web.tf": b"# new\n", **users}


def test_an_executable_bit_alone_is_a_change(tmp_path: Path) -> None:
    folder.write(output(), tmp_path)
    assert folder.write(output(FILES, "web.tf"), tmp_path, check=True).diff == "web.tf: the executable bit changes\n"
    assert folder.write(output(FILES, "web.tf"), tmp_path).written == ("web.tf",)
    assert os.access(tmp_path / "web.tf", os.X_OK)
    assert folder.write(output(), tmp_path).written == ("web.tf",)
    assert not os.access(tmp_path / "web.tf", os.X_OK)


@pytest.mark.parametrize("force", [False, True])
def test_foreign_file(tmp_path: Path, force: bool) -> None:
    (tmp_path / "web.tf").write_bytes(b"# mine\n")
    report = folder.write(output(), tmp_path, force=force)
    message = f"{tmp_path / 'web.tf'} is in the way: camp2iac did not write it"
    assert refused(report) == [("CAMP701", message)]
    assert contents(tmp_path) == {"web.tf": b"# mine\n"}


def test_a_file_that_is_as_it_would_be_is_taken_for_ours(tmp_path: Path) -> None:
    (tmp_path / "web.tf").write_bytes(FILES["web.tf"])
    assert folder.write(output(), tmp_path).unchanged == ("web.tf",)


@pytest.mark.parametrize("files", [{"web.tf": b"# new\n"}, {}])
def test_changed_by_hand(tmp_path: Path, files: dict[str, bytes]) -> None:
    folder.write(output({"web.tf": b"# web\n"}), tmp_path)
    (tmp_path / "web.tf").write_bytes(b"# edited\n")
    before = contents(tmp_path)
    report = folder.write(output(files), tmp_path)
    assert refused(report) == [("CAMP702", f"{tmp_path / 'web.tf'} was changed by hand after camp2iac wrote it")]
    assert contents(tmp_path) == before
    folder.write(output(files), tmp_path, force=True)
    left = contents(tmp_path)
    for name in MAP:
        del left[name]
    assert left == files


@pytest.mark.parametrize(
    "trap",
    ["cloud-init", "cloud-init/web.sh", "web.tf", *MAP, ".camp2iac-new", ".camp2iac-new/journal.json"],
)
@pytest.mark.parametrize("force", [False, True])
def test_links_are_not_followed(tmp_path: Path, trap: str, force: bool) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    (outside / "web.sh").write_bytes(b"precious")
    (inside / trap).parent.mkdir(parents=True)
    (inside / trap).symlink_to(outside if trap in ("cloud-init", ".camp2iac-new") else outside / "web.sh")
    report = folder.write(output(), inside, force=force)
    what = "is not a plain file or folder, so camp2iac could write to another place"
    assert refused(report) == [("CAMP703", f"{inside / trap} {what}")]
    assert contents(outside) == {"web.sh": b"precious"}


def test_a_stale_file_behind_a_link_stays(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    folder.write(output(), inside)
    (inside / "cloud-init").rename(outside)
    (inside / "cloud-init").symlink_to(outside)
    assert folder.write(output({"web.tf": b""}), inside).removed == ()
    assert contents(outside) == {"web.sh": FILES["cloud-init/web.sh"]}


def test_a_folder_that_is_a_file_or_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name, what in (("file", "it is not a folder"), ("link", "it is a symbolic link")):
        message = f"the output folder {tmp_path / name} cannot be written: {what}"
        assert refused(folder.write(output(), tmp_path / name)) == [("CAMP704", message)]


def test_the_system_refuses(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    message = f"the output folder {tmp_path / 'file/below'} cannot be written: Not a directory"
    assert refused(folder.write(output(), tmp_path / "file/below")) == [("CAMP704", message)]


def test_nothing_is_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write(output(), tmp_path)
    before = contents(tmp_path)
    written = 0

    def full(path: Path, data: bytes) -> int:
        nonlocal written
        written += 1
        if written == 2:
            raise OSError(28, "No space left on device")
        with path.open("wb") as file:
            return file.write(data)

    monkeypatch.setattr(Path, "write_bytes", full)
    report = folder.write(output({path: data + b"new\n" for path, data in FILES.items()}), tmp_path)
    assert [item.code for item in report.refused] == ["CAMP704"]
    assert written == 2
    assert contents(tmp_path) == before


@pytest.mark.parametrize("path", ["web.tf", "cloud-init/web.sh", ".camp2iac.digests.json", "stale.tf"])
def test_nobody_knows_how_large_a_file_is(path: str, tmp_path: Path) -> None:
    """A sparse file of 3 GiB where ours should be is refused, and never in memory."""
    folder.write(output(FILES | {"stale.tf": b""}), tmp_path)
    with (tmp_path / path).open("wb") as file:
        file.truncate(3 * 2**30 if path in MAP else 2**28)
    tracemalloc.start()
    assert refused(folder.write(output(), tmp_path))[0][0] == ("CAMP705" if path in MAP else "CAMP702")
    assert folder.write(output(), tmp_path, check=True, force=True).changed
    assert tracemalloc.get_traced_memory()[1] < 200 * 2**20
    tracemalloc.stop()


@pytest.mark.parametrize(
    "text",
    ["", "<<<<<<< HEAD", "[]", '{"format": 4, "files": {}}', '{"format": 1, "files": {"../x": ""}}', "[" * 100000],
)
def test_a_source_map_that_is_none(tmp_path: Path, text: str) -> None:
    folder.write(output(), tmp_path)
    (tmp_path / ".camp2iac.digests.json").write_text(text)
    message = f"{tmp_path / '.camp2iac.digests.json'} cannot be read, so camp2iac does not know which files it wrote"
    assert refused(folder.write(output(), tmp_path)) == [("CAMP705", message)]
    assert folder.write(output(), tmp_path, force=True).written == (".camp2iac.digests.json",)


@pytest.mark.parametrize(
    "path", ["../x", "/etc/x", "a/../b", "", "a//b", *MAP, "terraform.tfstate", ".terraform/x", "a\\b"]
)
def test_paths_that_leave_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        folder.write(output({path: b""}), tmp_path)


def test_check_tells_and_writes_nothing(tmp_path: Path) -> None:
    folder.write(output({"web.tf": b"a\nb\n", "old.tf": b"x", "bin": b"\xff"}), tmp_path)
    before = contents(tmp_path)
    report = folder.write(output({"web.tf": b"a\nc\n", "new.tf": b"y\n", "bin": b"\xfe"}), tmp_path, check=True)
    assert (report.written, report.removed) == ((".camp2iac.digests.json", "bin", "new.tf", "web.tf"), ("old.tf",))
    assert report.changed
    assert contents(tmp_path) == before
    assert "Binary files a/bin and b/bin differ\n--- /dev/null\n+++ b/new.tf\n@@ -0,0 +1 @@\n+y\n" in report.diff
    assert "--- a/old.tf\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n\\ No newline at end of file\n" in report.diff
    last = "--- a/web.tf\n+++ b/web.tf\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n--- a/.camp2iac.digests.json\n"
    assert last in report.diff, "what was changed, then the file that tells of it"
    assert not folder.write(output({"x.tf": b""}), tmp_path / "none", check=True).refused
    assert not (tmp_path / "none").exists()


def test_origins() -> None:
    at, there = Span("camp.yaml", 3, 5, 3, 9), Span("prod.yaml", 1, 1, 1, 5)
    module = Module()
    module.add(
        "main.tf",
        Block("terraform", origin=at),
        Block("provider", ("heroku",)),
        Block("locals", body=(Attribute("a", 1, origin=at), Attribute("b", 2))),
        Block("variable", ("x",)),
        Block(
            "resource",
            ("heroku_app", "web"),
            (
                Attribute("name", "x", origin=there),
                Attribute("vars", {"TITLE": Commented("x", "", origin=there), "PORT": "1"}),
                Block("organization", body=(Attribute("name", "y", origin=there),)),
            ),
            origin=at,
        ),
    )
    documents = (Document("cloud-init/web.sh", b"", origin=at), Document("cloud-init/x.sh", b""))
    where = at
    assert sourcemap.origins(module, documents) == {
        "local.a": where,
        "var.x": None,
        "heroku_app.web": where,
        "heroku_app.web.name": there,
        "heroku_app.web.vars.TITLE": there,
        "heroku_app.web.organization.name": there,
        "cloud-init/web.sh": where,
    }


@pytest.mark.parametrize("code", ["CAMP701", "CAMP702", "CAMP703", "CAMP704", "CAMP705"])
def test_pages(code: str) -> None:
    assert "Wrong" in CODES[code].text
    assert "Right" in CODES[code].text
