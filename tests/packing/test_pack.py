"""``camp2iac pack``: what a package has, and when none is written."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from tests.packing.making import KINDS, PLAN, WHOLE, camp2iac, laid_out

FILES = {
    "camp.yaml": PLAN,
    "web/index.html": b"<p>hello</p>\n",
    "web/run": b"#!/bin/sh\n",
    "web/\u00e4/" + "long/" * 30 + "x": b"x" * 700_000,
    "web/.env": b"SECRET=1\n",
    "web/.git/config": b"secret\n",
    "web/node_modules/x.js": b"",
    "web/.gitignore": b"build/\n",
    "web/build/out.js": b"",
    "environments/prod.yaml": b"target: heroku\n",
    "infra/prod/.camp2iac.json": b"{}",
    "notes.txt": b"mine\n",
}
CONTENT = ["web/index.html", "web/run", "web/\u00e4/" + "long/" * 30 + "x"]
PACKED = sorted(["camp.mf", "camp.yaml", *CONTENT])


def packed(folder: Path, kind: str, *more: str | Path) -> Path:
    """The package of a folder."""
    archive = folder.parent / f"shop.pdp{kind}"
    done = camp2iac("pack", folder, "-o", archive, *more)
    assert done.status == 0, done.err
    return archive


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The folder of a plan."""
    return laid_out(tmp_path / "shop", FILES, runs=("web/run",))


def test_other_programs_read_a_zip(shop: Path) -> None:
    archive = packed(shop, ".zip")
    with zipfile.ZipFile(archive) as found:
        assert found.namelist() == PACKED
        assert found.testzip() is None
        assert {each.date_time for each in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        modes = {each.filename: each.external_attr >> 16 for each in found.infolist()}
        assert all(found.read(name) == FILES[name] for name in CONTENT)
    assert modes["web/run"] == 0o100755
    assert {mode for name, mode in modes.items() if name != "web/run"} == {0o100644}


@pytest.mark.parametrize("kind", [".tar", ".tgz", ".tar.gz"])
def test_other_programs_read_a_tar(kind: str, shop: Path) -> None:
    data = packed(shop, kind).read_bytes()
    plain = data if kind == ".tar" else gzip.decompress(data)
    with tarfile.open(fileobj=io.BytesIO(plain)) as found:
        assert found.getnames() == PACKED
        for member in found:
            assert (member.mtime, member.uid, member.gid, member.uname) == (315_532_800, 0, 0, "")
            assert member.mode == (0o755 if member.name == "web/run" else 0o644)
        assert all(found.extractfile(name).read() == FILES[name] for name in CONTENT)  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", KINDS)
def test_the_programs_of_the_system_read_it(kind: str, shop: Path, tmp_path: Path) -> None:
    program = "unzip" if kind == ".zip" else "tar"
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    archive, out = packed(shop, kind), tmp_path / "out"
    out.mkdir()
    command = ["unzip", "-q", archive, "-d", out] if kind == ".zip" else ["tar", "-xf", archive, "-C", out]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    for name in CONTENT:
        assert (out / name).read_bytes() == FILES[name]
        assert os.access(out / name, os.X_OK) == (name == "web/run") or os.geteuid() == 0


def test_the_manifest_lists_all_files(shop: Path) -> None:
    with zipfile.ZipFile(packed(shop, ".zip")) as found:
        lines = found.read("camp.mf").decode().splitlines()
        assert lines == [
            f"SHA256({name})= {hashlib.sha256(found.read(name)).hexdigest()}" for name in PACKED if name != "camp.mf"
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_bytes_everywhere(kind: str, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = packed(shop, kind).read_bytes()
    before = os.umask(0o077)
    try:
        monkeypatch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        other = laid_out(tmp_path / "elsewhere/other", dict(reversed(FILES.items())), runs=("web/run",))
        assert packed(other, kind).read_bytes() == first
    finally:
        os.umask(before)
        monkeypatch.undo()
        time.tzset()


#: SHA-256 of the packages of one folder, on every system and with every release of Python.
KNOWN = {
    ".zip": "2b61ad2e415dbbde753c8fc96fd6da35a4053fc278ec67743f4e0958e9a2037c",
    ".tar": "354231ae317c4d8c1b3232d72aee6c2ecf1466fc3b6000193967e0aeade8c3eb",
    ".tgz": "3f6655b54ccaf470db3457c80f4cc99cb0ffa9f7cad8a48bbebe90cc98953ff8",
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_bytes_do_not_change(kind: str, shop: Path) -> None:
    assert hashlib.sha256(packed(shop, kind).read_bytes()).hexdigest() == KNOWN[kind]


def test_permissions_are_those_of_a_new_file(shop: Path) -> None:
    before = os.umask(0o027)
    try:
        assert packed(shop, ".zip").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(before)


def test_a_tracked_file_is_content_of_the_package_too(shop: Path) -> None:
    (shop / "camp.yaml").write_bytes(WHOLE)
    git = ["git", "-C", str(shop), "-c", "user.name=a", "-c", "user.email=a@b.c"]
    laid_out(shop, {"index.html": b"", ".python-version": b"3.13\n", "build/kept.js": b"", ".gitignore": b"build/\n"})
    shutil.rmtree(shop / "web")
    for command in (["init", "-q"], ["add", "."], ["add", "-f", "build/kept.js"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    archive = packed(shop, ".zip", "--strict")
    done = camp2iac("content", archive, "--output", "json")
    files = {each["path"] for each in json.loads(done.out)["artifacts"][0]["files"]}
    assert files == {".python-version", "build/kept.js", "index.html", "notes.txt"}


def test_a_link_becomes_its_file(shop: Path) -> None:
    (shop / "web/link.html").symlink_to("index.html")
    (shop / "web/folder").symlink_to("\u00e4")
    with zipfile.ZipFile(packed(shop, ".zip")) as found:
        assert found.read("web/link.html") == FILES["web/index.html"]
        assert "web/folder/" + "long/" * 30 + "x" in found.namelist()


@pytest.mark.parametrize(("name", "code"), [("a\\b", "CAMP132"), ("INDEX.html", "CAMP134"), ("a ", "CAMP154")])
def test_hostile_names_have_the_codes_of_the_reader(name: str, code: str, shop: Path) -> None:
    laid_out(shop / "web", {name: b"x"})
    done = camp2iac("pack", shop, "-o", shop.parent / "x.zip")
    assert done.status == 1
    assert f"error[{code}]" in done.err
    assert [each.name for each in shop.parent.iterdir()] == ["shop"]


def test_a_link_out_of_the_folder_is_refused(shop: Path) -> None:
    (shop / "web/passwd").symlink_to("/etc/passwd")
    done = camp2iac("pack", shop, "-o", shop.parent / "x.zip")
    assert done.status == 1
    assert "/etc/passwd" not in done.out
    assert "web/passwd" in done.err


def test_a_wrong_plan_is_not_packed(shop: Path) -> None:
    (shop / "camp.yaml").write_bytes(PLAN.replace(b"web/", b"wep/"))
    done = camp2iac("pack", shop, "-o", shop.parent / "x.zip", "--output", "json")
    assert done.status == 1
    assert [each["code"] for each in json.loads(done.out)["diagnostics"]] == ["CAMP211"]
    assert not (shop.parent / "x.zip").exists()


def test_names_of_the_package(shop: Path) -> None:
    plan = PLAN.replace(b"web/", b"camp.yaml").replace(b"org.html:Site", b"org.example:Data")
    (shop / "plan.yaml").write_bytes(plan)
    done = camp2iac("pack", shop / "plan.yaml", "-o", shop.parent / "x.zip")
    assert done.status == 1
    assert "error[CAMP740]" in done.err
    assert not (shop.parent / "x.zip").exists()


def test_a_plan_with_another_name(shop: Path) -> None:
    (shop / "camp.yaml").rename(shop / "shop.yaml")
    archive = shop.parent / "x.zip"
    assert camp2iac("pack", shop / "shop.yaml", "-o", archive).status == 0
    with zipfile.ZipFile(archive) as found:
        assert found.namelist() == PACKED


def test_another_file_is_in_the_way(shop: Path) -> None:
    photos = shop.parent / "photos.zip"
    with zipfile.ZipFile(photos, "w") as archive:
        archive.writestr("cat.jpg", b"miaow")
    before = photos.read_bytes()
    done = camp2iac("pack", shop, "-o", photos)
    assert done.status == 1
    assert "error[CAMP741]" in done.err
    assert photos.read_bytes() == before
    assert camp2iac("pack", shop, "-o", photos, "--force").status == 0
    (shop / "web/new.html").write_bytes(b"")
    assert camp2iac("pack", shop, "-o", photos).status == 0
    with zipfile.ZipFile(photos) as found:
        assert "web/new.html" in found.namelist()
    link = shop.parent / "link.zip"
    link.symlink_to(photos)
    assert "error[CAMP741]" in camp2iac("pack", shop, "-o", link, "--force").err


def test_content_that_would_differ(shop: Path) -> None:
    two = WHOLE + PLAN.split(b"artifacts:\n")[1].replace(b"name: web", b"name: b").replace(b"web/", b"build/")
    (shop / "camp.yaml").write_bytes(two)
    laid_out(shop, {".gitignore": b"/build/\n", "build/index.html": b"", "index.html": b""})
    done = camp2iac("pack", shop, "-o", shop.parent / "x.zip")
    assert done.status == 1
    assert "error[CAMP742]" in done.err
    assert "build/index.html" in done.err
    assert not (shop.parent / "x.zip").exists()


def test_what_cannot_be_written(shop: Path) -> None:
    done = camp2iac("pack", shop, "-o", shop.parent / "no/such/folder/x.zip")
    assert done.status == 1
    assert "error[CAMP743]" in done.err


def test_a_plan_without_a_name(shop: Path) -> None:
    (shop / "camp.yaml").write_bytes(PLAN.replace(b"name: shop\n", b""))
    archive = shop.parent / "x.zip"
    done = camp2iac("pack", shop, "-o", archive)
    assert done.status == 0
    assert "warning[CAMP745]" in done.err


def test_a_package_in_its_own_content(shop: Path) -> None:
    done = camp2iac("pack", shop, "-o", shop / "web/shop.zip")
    assert "warning[CAMP748]" in done.err
    first = (shop / "web/shop.zip").read_bytes()
    assert camp2iac("pack", shop, "-o", shop / "web/shop.zip").status == 0
    assert (shop / "web/shop.zip").read_bytes() == first
    (shop / "web/.gitignore").write_text("*.zip\n")
    (shop / "web/shop.zip").unlink()
    assert "CAMP748" not in camp2iac("pack", shop, "-o", shop / "web/shop.zip").err


def test_a_file_that_changes_is_not_packed(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from camp2iac.camp.packing import pack

    archived = pack.archived

    def changed(*given: object) -> object:
        (shop / "web/index.html").write_bytes(b"<p>other</p>\n")
        return archived(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(pack, "archived", changed)
    done = camp2iac("pack", shop, "-o", shop.parent / "x.zip")
    assert done.status == 1
    assert "error[CAMP138]" in done.err
    assert [each.name for each in shop.parent.iterdir()] == ["shop"]


@pytest.mark.parametrize("name", ["shop", "shop.rar", ".zip", ""])
def test_the_ending_is_the_format(name: str, shop: Path) -> None:
    assert camp2iac("pack", shop, "-o", name).status == 2


def test_the_report(shop: Path) -> None:
    archive = shop.parent / "x.tgz"
    found = json.loads(camp2iac("pack", shop, "-o", archive, "--output", "json").out)
    assert found["sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert [each["path"] for each in found["files"]] == PACKED
    assert found["signed"] is False
    assert found["diagnostics"] == []
