"""Archives of any shape: reading them raises nothing, writes nothing, and gives no path that leaves the package."""

from __future__ import annotations

import io
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camp2iac.camp import read
from camp2iac.diagnostics import Diagnostics
from tests.camp.build import PLAN
from tests.properties.fuzz import watched

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")

PARTS = st.sampled_from(
    [
        "..",
        ".",
        "",
        "web",
        "Web",
        "a",
        "camp.yaml",
        ".git",
        ".gitignore",
        "C:",
        "a\\b",
        "\x00",
        "é",
        "e\u0301",
        "._x",
        "é " * 100,
    ]
)
NAMES = st.one_of(st.lists(PARTS, min_size=1, max_size=5).map("/".join), st.text(max_size=10))
KINDS = st.sampled_from(
    [tarfile.REGTYPE, tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE]
)
MEMBERS = st.lists(st.tuples(NAMES, KINDS, st.binary(max_size=30), NAMES, st.integers(0, 0o7777)), max_size=6)


def tar(members: list[tuple[str, bytes, bytes, str, int]], mode: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, kind, data, target, bits in [("camp.yaml", tarfile.REGTYPE, PLAN, "", 0o644), *members]:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.mode = kind, target, bits
            info.size = len(data) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zip_(members: list[tuple[str, bytes, bytes, str, int]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("camp.yaml", PLAN)
        for name, kind, data, target, bits in members:
            info = zipfile.ZipInfo(name or "x")
            info.filename = name or "x"
            link = kind == tarfile.SYMTYPE
            info.create_system, info.external_attr = 3, ((0o120000 if link else 0o100000) | bits) << 16
            archive.writestr(info, target.encode("utf-8", "replace") if link else data)
    return out.getvalue()


def check(data: bytes) -> None:
    found = Diagnostics()
    with watched():
        source = read(data, name="x", diagnostics=found)
    assert source is not None or found.failed
    if source is None:
        return
    for path in (*source.package.files(), *source.package.files("web")):
        parts = path.split("/")
        assert not path.startswith("/")
        assert not {"..", ".", ""} & set(parts)
        assert "\\" not in path
        assert isinstance(source.package.read(path), bytes)


@settings(max_examples=150, deadline=None)
@given(MEMBERS, st.sampled_from(["w", "w:gz"]))
def test_tar_of_any_shape(members: list[tuple[str, bytes, bytes, str, int]], mode: str) -> None:
    check(tar([(name.replace("\x00", "?"), *rest) for name, *rest in members], mode))  # type: ignore[misc]


@settings(max_examples=150, deadline=None)
@given(MEMBERS)
def test_zip_of_any_shape(members: list[tuple[str, bytes, bytes, str, int]]) -> None:
    check(zip_(members))


@settings(max_examples=150, deadline=None)
@given(MEMBERS, st.sampled_from(["zip", "w", "w:gz"]), st.data())
def test_damaged_archives(members: list[tuple[str, bytes, bytes, str, int]], kind: str, data: st.DataObject) -> None:
    whole = bytearray(zip_(members) if kind == "zip" else tar(members, kind))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(whole))))
    check(bytes(whole[:cut]))
