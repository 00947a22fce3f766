"""Bytes of any size, such as an archive: in memory up to a limit, then in a temporary file without a name.

The file has no name, so it disappears with the process, however that ends, and no other program can open it by its
path.
"""

from __future__ import annotations

import errno
import threading
import weakref
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from camp2iac.record import Record

IN_MEMORY = 32 * 1024 * 1024  # bytes
CHUNK = 256 * 1024  # bytes that are read at a time


class SpoolError(OSError):
    """The temporary file cannot be created or written."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(cause.errno, f"no temporary file can be written for it: {cause.strerror or cause}")


class Spool:
    """Bytes that grow at their end, and of which any part can be read, by several threads at the same time."""

    def __init__(self, data: bytes = b"") -> None:
        self._memory: bytes | bytearray = data  # empty if there is a file
        self._file: BinaryIO | None = None
        self._size = len(data)
        self._lock = threading.Lock()

    @classmethod
    def of(cls, pieces: Iterable[bytes]) -> Spool:
        """All pieces, one after the other. SpoolError if there is no space for them."""
        spool = cls()
        for piece in pieces:
            spool.append(piece)
        return spool

    def __len__(self) -> int:
        return self._size

    def append(self, data: bytes) -> None:
        """Add bytes at the end. SpoolError if there is no space for them."""
        if self._file is None and self._size + len(data) > IN_MEMORY:
            self._move()
        if self._file is not None:
            self._write(self._file, data)
        else:
            if not isinstance(self._memory, bytearray):
                self._memory = bytearray(self._memory)
            self._memory += data
        self._size += len(data)

    def read(self, at: int, size: int) -> bytes:
        """A part of the bytes; less at their end."""
        size = max(0, min(size, self._size - at))
        if self._file is None:
            return bytes(memoryview(self._memory)[at : at + size])
        with self._lock:
            self._file.seek(min(at, self._size))
            found = self._file.read(size)
            while len(found) < size and (more := self._file.read(size - len(found))):
                found += more
            return found

    def chunks(self, at: int, size: int) -> Iterator[bytes]:
        """The same in pieces."""
        end = min(at + size, self._size)
        while at < end:
            piece = self.read(at, min(CHUNK, end - at))
            if not piece:
                raise OSError(errno.EIO, "its temporary file is shorter than what was written")
            yield piece
            at += len(piece)

    def _move(self) -> None:
        from tempfile import TemporaryFile

        try:
            self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - closed with the spool
        except OSError as error:
            raise SpoolError(error) from error
        weakref.finalize(self, self._file.close)
        self._write(self._file, self._memory)
        self._memory = b""

    def _write(self, file: BinaryIO, data: bytes | bytearray) -> None:
        left = memoryview(data)
        try:
            with self._lock:
                file.seek(0, 2)
                while left:
                    left = left[file.write(left) :]
        except OSError as error:
            raise SpoolError(error) from error


class Spooled(Record, frozen=True):
    """A part of a spool that is the content of a file. ``length``: its bytes in the spool. ``size``: of the file.
    ``deflated``: it is compressed (RFC 1951), and was checked."""

    spool: Spool
    at: int
    length: int
    size: int
    deflated: bool = False

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces."""
        packed = self.spool.chunks(self.at, self.length)
        return inflated(packed, self.size) if self.deflated else packed

    def read(self) -> bytes:
        """All of the content."""
        return b"".join(self.chunks())

    def start(self, most: int) -> bytes:
        """The first bytes, ``most`` of them."""
        found = bytearray()
        for piece in self.chunks():
            found += piece[: most - len(found)]
            if len(found) >= most:
                break
        return bytes(found)


def inflated(packed: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Unpack deflated bytes, at most ``most`` of them. ``zlib.error`` if they are damaged or incomplete."""
    stream = zlib.decompressobj(wbits=-15)
    for piece in packed:
        left = piece
        while left and most > 0 and not stream.eof:
            found = stream.decompress(left, min(CHUNK, most))
            left = stream.unconsumed_tail
            most -= len(found)
            if found:
                yield found
    while most > 0 and not stream.eof:
        found = stream.decompress(b"", min(CHUNK, most))
        if not found:
            raise zlib.error("incomplete")
        most -= len(found)
        yield found
