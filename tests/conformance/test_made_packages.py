"""Packages (PDPs) that camp2iac makes."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from tests.conformance import row
from tests.packing.keys import signed
from tests.packing.making import PLAN, camp2iac, laid_out


@row("CT-PDP-18", "a package that `pack` makes has `camp.yaml`, and a manifest with the SHA-256 of every file", "ours")
def test_made(tmp_path: Path) -> None:
    shop = laid_out(tmp_path / "shop", {"plan.yaml": PLAN, "web/index.html": b"<p>hello</p>\n"})
    assert camp2iac("pack", shop / "plan.yaml", "-o", tmp_path / "x.zip").status == 0
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    lines = found.pop("camp.mf").decode().splitlines()
    assert found == {"camp.yaml": PLAN, "web/index.html": b"<p>hello</p>\n"}
    assert lines == [f"SHA256({name})= {hashlib.sha256(data).hexdigest()}" for name, data in found.items()]


@row(
    "CT-PDP-19",
    "a package that `pack` signs is accepted with `--signer` and `--strict`, and a changed one is refused",
    "ours",
)
@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_made_and_signed(kind: str, tmp_path: Path) -> None:
    archive, certificate = signed(tmp_path, kind)
    for command in ("verify", "content"):
        assert camp2iac(command, archive, "--signer", certificate, "--strict").status == 0
    assert b"hello" in archive.read_bytes()
    archive.write_bytes(archive.read_bytes().replace(b"hello", b"hullo"))
    for command in ("verify", "content"):
        assert camp2iac(command, archive, "--signer", certificate).status == 1
