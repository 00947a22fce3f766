"""The bytes of a file of the output: in memory, or streamed from the plan's package, because content can be large."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Protocol


class Streamed(Protocol):
    """Bytes that are read in pieces. ``sha256``: in hexadecimal digits."""

    @property
    def size(self) -> int:
        """Their number."""

    @property
    def sha256(self) -> str:
        """Their SHA-256, in hexadecimal digits."""

    def chunks(self) -> Iterator[bytes]:
        """The bytes in pieces. OSError if they cannot be read any more."""


FileData = bytes | Streamed


def pieces(data: FileData) -> Iterator[bytes]:
    """The bytes in pieces."""
    return iter((data,)) if isinstance(data, bytes) else data.chunks()


def beginning(data: FileData, most: int) -> bytes:
    """The first bytes, ``most`` of them."""
    found = bytearray()
    for piece in pieces(data):
        found += piece[: most - len(found)]
        if len(found) >= most:
            break
    return bytes(found)


def whole(data: FileData) -> bytes:
    """All bytes at once."""
    return data if isinstance(data, bytes) else b"".join(data.chunks())


def size(data: FileData) -> int:
    """The number of bytes."""
    return len(data) if isinstance(data, bytes) else data.size


def sha256(data: FileData) -> str:
    """The SHA-256, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else data.sha256
