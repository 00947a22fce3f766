"""Read git's index without git: the files that a repository tracks (gitformat-index(5), versions 2 to 4)."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path

_MOST = 512 * 1024 * 1024  # bytes
_FOLDER, _GITLINK = 0o040000, 0o160000
_FIXED = 40  # bytes of an entry before the object's name; the mode is among them
_MODE = 24
_EXTENDED, _LENGTH = 0x4000, 0x0FFF


class IndexFault(Exception):  # noqa: N818
    """The index does not exist, or has a format that only git reads."""


def entries(folder: Path) -> Iterator[tuple[str, bool]]:
    """The paths in the index of a repository (its ``.git``), from the work tree's top, and whether each is a submodule.

    Raises IndexFault, also after some paths.
    """
    file = folder / "index"
    if not file.is_file():
        raise IndexFault("there is no index")
    try:
        if file.stat().st_size > _MOST:
            raise IndexFault("the index is too large")
        data = file.read_bytes()
        yield from _entries(data, 32 if _is_sha256(folder) else 20)
    except OSError as error:
        raise IndexFault(error.strerror or "it cannot be read") from None
    except (struct.error, ValueError, IndexError):
        raise IndexFault("the index is damaged") from None


def _is_sha256(folder: Path) -> bool:
    config = folder / "config"
    text = config.read_bytes()[:100_000].lower() if config.is_file() else b""
    return any(b"objectformat" in line and b"sha256" in line for line in text.splitlines())


def _entries(data: bytes, digest: int) -> Iterator[tuple[str, bool]]:
    mark, version, count = struct.unpack_from(">4sII", data)
    if mark != b"DIRC" or version not in (2, 3, 4):
        raise IndexFault("the index has an unknown format")
    at, name = 12, b""
    for _ in range(count):
        begun = at
        (mode,) = struct.unpack_from(">I", data, at + _MODE)
        at += _FIXED + digest
        (flags,) = struct.unpack_from(">H", data, at)
        at += 4 if flags & _EXTENDED else 2
        if version == 4:
            cut, at = _number(data, at)
            name = name[: len(name) - cut] if cut else name
        else:
            name = b""
        end = data.index(b"\0", at)
        name += data[at:end]
        at = end + 1 if version == 4 else begun + (end - begun + 8) // 8 * 8
        if mode & 0o170000 == _FOLDER:
            raise IndexFault("the index is sparse")
        yield os.fsdecode(name), mode & 0o170000 == _GITLINK
    _no_link(data[at : len(data) - digest])


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable width, encoded like offsets in packs, and where it ends."""
    value = data[at] & 0x7F
    while data[at] & 0x80:
        at += 1
        value = ((value + 1) << 7) | (data[at] & 0x7F)
    return value, at + 1


def _no_link(extensions: bytes) -> None:
    """IndexFault if the index is split, because only git can join it."""
    at = 0
    while at + 8 <= len(extensions):
        name, size = struct.unpack_from(">4sI", extensions, at)
        if name == b"link":
            raise IndexFault("the index is split")
        at += 8 + size
