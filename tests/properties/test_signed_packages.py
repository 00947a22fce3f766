"""Signed packages that were changed: each is read or refused, and what is accepted as signed is what was signed."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camp2iac.camp import read
from camp2iac.camp.package import Package
from camp2iac.camp.signature import fingerprint, pem
from camp2iac.cli import run
from camp2iac.diagnostics import Diagnostics
from tests.camp.build import PLAN
from tests.conformance.signing import certificate

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")

Members = list[tuple[str, bytes]]

CONTENT = {
    "camp.yaml": PLAN,
    "web/app.py": b"app = 1\n",
    "web/lib/util.py": b"x = 1\n" * 40,
    "web/lib/.keep": b"",
    "web/static/site.css": b"a { color: red }\n",
    "notes.txt": b"notes\n",
}
MANIFEST = "".join(f"SHA256({name})= {hashlib.sha256(data).hexdigest()}\n" for name, data in CONTENT.items()).encode()
CERTIFICATE = certificate(MANIFEST)
SIGNED: Members = [*CONTENT.items(), ("camp.mf", MANIFEST), ("camp.cert", CERTIFICATE)]
SIGNER = fingerprint(pem(CERTIFICATE) or b"") or ""
CODE = {name for name in CONTENT if name.startswith("web/")}

NAMES = st.sampled_from(
    [
        *(name for name, _ in SIGNED),
        *(
            "web/new.py",
            "web/APP.py",
            "web/lib/new/x.py",
            "new.txt",
            ".gitignore",
            "web/.gitignore",
            "web/.camp2iac.json",
        ),
        *("._x", "web/._app.py", "__MACOSX/x", "web/../x", "./web/app.py", "web//app.py", "camp.MF", "web", "web/lib"),
    ]
)
BYTES = st.one_of(
    st.binary(max_size=30), st.sampled_from([b"*\n", b"*.py\n", b"{}", *(data for _, data in SIGNED), MANIFEST[:80]])
)
PLACES = st.integers(0, 1_000_000)


@st.composite
def changes(draw: st.DrawFn) -> Members:
    """The members of the package after some changes. Names can be repeated or unsafe."""
    members = list(SIGNED)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(PLACES) % len(members) if members else 0
        kind = draw(st.sampled_from(["flip", "drop", "add", "rename", "double", "move", "replace", "manifest"]))
        if kind == "add" or not members:
            members.insert(at, (draw(NAMES), draw(BYTES)))
        elif kind == "flip":
            members[at] = members[at][0], flipped(members[at][1], draw(PLACES), draw(st.integers(1, 255)))
        elif kind == "drop":
            del members[at]
        elif kind == "rename":
            members[at] = draw(NAMES), members[at][1]
        elif kind == "double":
            members.insert(draw(PLACES) % len(members), members[at])
        elif kind == "move":
            members.insert(draw(PLACES) % len(members), members.pop(at))
        elif kind == "replace":
            members[at] = members[at][0], draw(BYTES)
        else:
            members = [(name, edited(draw, data, members) if name == "camp.mf" else data) for name, data in members]
    return members


def flipped(data: bytes, at: int, bits: int) -> bytes:
    """The data with one other byte."""
    at %= len(data) or 1
    return data[:at] + bytes(byte ^ bits for byte in data[at : at + 1]) + data[at + 1 :]


def edited(draw: st.DrawFn, manifest: bytes, members: Members) -> bytes:
    """The manifest with a line less, twice, in another place, in another form, or for a member as it is now."""
    lines = manifest.splitlines(keepends=True) or [b"\n"]
    at = draw(PLACES) % len(lines)
    kind = draw(st.sampled_from(["drop", "double", "move", "upper", "agree", "loose"]))
    line = lines.pop(at)
    if kind == "agree":
        name, data = members[draw(PLACES) % len(members)]
        line = f"SHA256({name})= {hashlib.sha256(data).hexdigest()}\n".encode()
    new = {"drop": [], "double": [line, line], "upper": [line.upper()], "loose": [line.replace(b")=", b" ) =")]}
    place = draw(PLACES) % (len(lines) + 1) if kind == "move" else at
    lines[place:place] = new.get(kind, [line])
    return b"".join(lines)


def zipped(members: Members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(members: Members) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def tgz(members: Members) -> bytes:
    return gzip.compress(tarred(members), mtime=0)


ARCHIVES: dict[str, Callable[[Members], bytes]] = {"zip": zipped, "tar": tarred, "tgz": tgz}


def laid_out(members: Members, folder: Path) -> None:
    """The members as files. Those whose names a folder cannot have are left out."""
    for name, data in members:
        place = Path(os.path.normpath(folder / name))
        if folder in place.parents:
            with contextlib.suppress(OSError):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)


def check(source: Path | bytes) -> None:
    """No way of reading it accepts, as signed, what was not signed."""
    for strict, signer in ((False, None), (True, None), (False, SIGNER), (True, SIGNER)):
        found = Diagnostics()
        plan = read(source, name="shop", diagnostics=found, strict=strict, signer=signer)
        codes = {item.code for item in found}
        assert plan is not None or found.failed
        if plan is None or found.failed:
            continue
        if signer is not None:
            assert "CAMP161" in codes
        if "CAMP161" in codes:
            signed_only(plan.package, strict=strict)
        elif strict and plan.package.is_file("camp.mf"):
            manifest = plan.package.read("camp.mf").decode("utf-8", "replace").lower()
            for path in plan.package.files("web"):
                assert plan.package.sha256(path) in manifest


def signed_only(package: Package, *, strict: bool) -> None:
    """The content is that of the manifest: all of it, and nothing else."""
    assert set(package.files("web")) == CODE
    for path in {*CODE, "camp.yaml"}:
        assert package.read(path) == CONTENT[path]
    if strict:
        assert set(package.held()) - {"camp.mf", "camp.cert"} <= CONTENT.keys()


def command(source: Path, *more: str) -> None:
    """The command line ends with a status of its own, not with a traceback."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(["validate", str(source), *more])
    assert status in (0, 1, 2)
    assert "Traceback" not in out.getvalue() + err.getvalue()
    assert "bug in camp2iac" not in out.getvalue() + err.getvalue()


def folders(members: Members) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "shop"
        folder.mkdir()
        laid_out(members, folder)
        check(folder)


def archives(members: Members, kind: str, noise: Sequence[tuple[int, int]]) -> None:
    data = ARCHIVES[kind](members)
    for at, bits in noise:
        data = flipped(data, at, bits)
    check(data)


def commands(members: Members, kind: str, noise: Sequence[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "shop"
        if kind == "folder":
            folder.mkdir()
            laid_out(members, folder)
        else:
            data = ARCHIVES[kind](members)
            for at, bits in noise:
                data = flipped(data, at, bits)
            folder.write_bytes(data)
        command(folder, "--strict")
        command(folder, "--signer", SIGNER)


KINDS = st.sampled_from(sorted(ARCHIVES))
NOISE = st.lists(st.tuples(PLACES, st.integers(1, 255)), max_size=2)


def test_the_package_itself_is_accepted(tmp_path: Path) -> None:
    laid_out(SIGNED, tmp_path)
    for source in (tmp_path, *(make(SIGNED) for make in ARCHIVES.values())):
        found = Diagnostics()
        plan = read(source, name="shop", diagnostics=found, strict=True, signer=SIGNER)
        assert plan is not None
        assert [item.code for item in found] == ["CAMP161"]
        signed_only(plan.package, strict=True)


@settings(max_examples=40, deadline=None)
@given(changes())
def test_folders(members: Members) -> None:
    folders(members)


@settings(max_examples=80, deadline=None)
@given(changes(), KINDS)
def test_archives(members: Members, kind: str) -> None:
    archives(members, kind, ())


@settings(max_examples=80, deadline=None)
@given(KINDS, NOISE)
def test_damaged_archives(kind: str, noise: list[tuple[int, int]]) -> None:
    archives(SIGNED, kind, noise)


@settings(max_examples=8, deadline=None)
@given(changes(), st.sampled_from(["folder", *sorted(ARCHIVES)]), NOISE)
def test_commands(members: Members, kind: str, noise: list[tuple[int, int]]) -> None:
    commands(members, kind, noise)


@pytest.mark.fuzz
@settings(max_examples=5_000, deadline=None)
@given(changes())
def test_many_folders(members: Members) -> None:
    folders(members)


@pytest.mark.fuzz
@settings(max_examples=10_000, deadline=None)
@given(changes(), KINDS, NOISE)
def test_many_archives(members: Members, kind: str, noise: list[tuple[int, int]]) -> None:
    archives(members, kind, noise)


@pytest.mark.fuzz
@settings(max_examples=500, deadline=None)
@given(changes(), st.sampled_from(["folder", *sorted(ARCHIVES)]), NOISE)
def test_many_commands(members: Members, kind: str, noise: list[tuple[int, int]]) -> None:
    commands(members, kind, noise)
