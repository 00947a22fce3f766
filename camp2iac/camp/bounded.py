"""Read files with a limit on their size, because a file can be hostile, a device, or sparse."""

from __future__ import annotations

import errno
import hashlib
import stat
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1024 * 1024


class TooLargeError(OSError):
    """A file is larger than the limit."""

    def __init__(self, path: str, most: int) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {amount(most)}", path)


def amount(size: int) -> str:
    """A number of bytes as shown in messages."""
    return f"{size // 2**20} MiB" if size >= 2**20 else f"{size:,} bytes"


def read_start(path: Path | str, most: int) -> bytes:
    """The first bytes of a file, ``most`` of them."""
    with Path(path).open("rb") as file:
        return _read(file, most)


def read_bounded(path: Path | str, most: int) -> bytes:
    """The bytes of a file. TooLargeError, without reading all of it, if it has more than ``most``."""
    data = read_start(path, most + 1)
    if len(data) > most:
        raise TooLargeError(str(path), most)
    return data


def read_plain(path: Path | str, most: int) -> bytes:
    """The bytes of a plain file. OSError for a device, or a pipe, which might never be written to."""
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise OSError(errno.EINVAL, "it is not a plain file", str(path))
    return read_bounded(path, most)


def sha256(path: Path | str, most: int) -> str:
    """The SHA-256 of a file, read in chunks. TooLargeError if it has more than ``most`` bytes."""
    digest, total = hashlib.sha256(), 0
    with Path(path).open("rb") as file:
        while data := file.read(_CHUNK):
            total += len(data)
            if total > most:
                raise TooLargeError(str(path), most)
            digest.update(data)
    return digest.hexdigest()


def read_stream(stream: BinaryIO, most: int) -> bytes:
    """The bytes of a stream such as standard input: at most ``most`` and one, so that a caller can reject more."""
    return _read(stream, most + 1)


def _read(file: BinaryIO, most: int) -> bytes:
    """Read in chunks, so that memory is used only for bytes that exist."""
    pieces: list[bytes] = []
    left = most
    while left > 0 and (piece := file.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
