"""At most so many bytes: what a stranger wrote, a device or a sparse file is never read to its end on trust."""

from __future__ import annotations

import errno
import hashlib
import stat
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1024 * 1024


class TooLargeError(OSError):
    """A file has more bytes than are ever read of one."""

    def __init__(self, path: str, most: int) -> None:
        super().__init__(errno.EFBIG, f"it has more than {amount(most)}", path)


def amount(size: int) -> str:
    """A number of bytes, as messages say it."""
    return f"{size // 2**20} MiB" if size >= 2**20 else f"{size:,} bytes"


def read_start(path: Path | str, most: int) -> bytes:
    """The first bytes of a file, ``most`` of them."""
    with Path(path).open("rb") as file:
        return _read(file, most)


def read_bounded(path: Path | str, most: int) -> bytes:
    """The bytes of a file. TooLargeError, without reading it whole, where it has more than ``most``."""
    data = read_start(path, most + 1)
    if len(data) > most:
        raise TooLargeError(str(path), most)
    return data


def read_plain(path: Path | str, most: int) -> bytes:
    """The same of a plain file alone: OSError for a pipe, which nobody may ever write to, or a device."""
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise OSError(errno.EINVAL, "it is not a plain file", str(path))
    return read_bounded(path, most)


def sha256(path: Path | str, most: int) -> str:
    """The SHA-256 of a file, a piece at a time. TooLargeError where it has more than ``most`` bytes."""
    digest, total = hashlib.sha256(), 0
    with Path(path).open("rb") as file:
        while data := file.read(_CHUNK):
            total += len(data)
            if total > most:
                raise TooLargeError(str(path), most)
            digest.update(data)
    return digest.hexdigest()


def read_stream(stream: BinaryIO, most: int) -> bytes:
    """What a stream gives, such as standard input: ``most`` bytes and one at the most, for the reader to refuse."""
    return _read(stream, most + 1)


def _read(file: BinaryIO, most: int) -> bytes:
    """A piece at a time: a buffer of that size is only made where there is so much."""
    pieces: list[bytes] = []
    left = most
    while left > 0 and (piece := file.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
