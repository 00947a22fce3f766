"""Packages in memory, for tests."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from camp2iac.camp import Source, read
from camp2iac.diagnostics import Diagnostics

PLAN = b"""camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
"""
FILES = {"camp.yaml": PLAN, "web/app.py": b"print('hello')\n"}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(files: Mapping[str, bytes], *members: tarfile.TarInfo) -> bytes:
    """A TAR archive; ``members`` are added without content."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for member in members:
            archive.addfile(member)
    return out.getvalue()


def tgz(files: Mapping[str, bytes]) -> bytes:
    """A gzipped TAR archive."""
    return gzip.compress(tarred(files), mtime=0)


def laid_out(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A folder with these files."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def reading(source: Path | bytes, name: str = "camp.yaml", *, strict: bool = False) -> tuple[Source | None, list[str]]:
    """The plan that was read, and the codes of its diagnostics in their order."""
    found = Diagnostics()
    read_ = read(source, name=name, diagnostics=found, strict=strict)
    return read_, [item.code for item in found.ordered()]


def plan(text: str) -> tuple[Source | None, list[str]]:
    """The same for the text of a plan without ``camp_version``."""
    return reading(b"camp_version: CAMP 1.1\n" + text.encode())
