"""Read files with a limit on their size, because a file can be hostile, a device, or sparse."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
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


def opened(path: Path | str) -> BinaryIO:
    """Open a file to read it. A pipe is empty if no program writes to it; see :func:`heard`."""
    file = open(path, "rb", opener=_at_once)  # noqa: SIM115 - the caller closes it; Path has no opener
    os.set_blocking(file.fileno(), True)
    return file


def _at_once(path: str, flags: int) -> int:
    """Open a pipe without waiting for a program that writes to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def heard(file: BinaryIO) -> None:
    """A file was empty. OSError if it is a pipe, because it then has no content."""
    if stat.S_ISFIFO(os.fstat(file.fileno()).st_mode):
        raise OSError(errno.ENODATA, "it is a pipe, and no program writes to it")


def read_start(path: Path | str, most: int) -> bytes:
    """The first bytes of a file, ``most`` of them."""
    with opened(path) as file:
        data = b"".join(pieces(file, most))
        if not data:
            heard(file)
        return data


def read_bounded(path: Path | str, most: int) -> bytes:
    """The bytes of a file. TooLargeError, without reading all of it, if it has more than ``most``."""
    return b"".join(chunks(path, most))


def chunks(path: Path | str, most: int) -> Iterator[bytes]:
    """The bytes of a file in pieces. TooLargeError if it has more than ``most``: before it is read, if it is a plain
    file."""
    with opened(path) as file:
        about, total = os.fstat(file.fileno()), 0
        if stat.S_ISREG(about.st_mode) and about.st_size > most:
            raise TooLargeError(str(path), most)
        for piece in pieces(file, most + 1):
            total += len(piece)
            if total > most:
                raise TooLargeError(str(path), most)
            yield piece
        if not total:
            heard(file)


def read_plain(path: Path | str, most: int) -> bytes:
    """The bytes of a plain file. OSError for a device, or a pipe, which might never be written to."""
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise OSError(errno.EINVAL, "it is not a plain file", str(path))
    return read_bounded(path, most)


def pieces(stream: BinaryIO, most: int) -> Iterator[bytes]:
    """The first bytes of a stream such as standard input, ``most`` of them. Read in pieces, so that memory is used only
    for bytes that exist."""
    left = most
    while left > 0 and (piece := stream.read(min(left, _CHUNK))):
        yield piece
        left -= len(piece)
