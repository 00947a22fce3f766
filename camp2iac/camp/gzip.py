"""An archive as a stream, plain or gzipped, with a limit on the unpacked size."""

from __future__ import annotations

import zlib

from camp2iac.camp.members import BadArchiveError
from camp2iac.camp.spool import Spool, Spooled
from camp2iac.diagnostics import Diagnostic

# bgzip writes a member for every 64 KiB, and no other program writes more.
MOST_MEMBERS = 10_000
_CHUNK = 16 * 1024  # small, because zlib copies what it has not read each time
_MARK = b"\x1f\x8b"


class Bytes:
    """A stream of bytes."""

    def __init__(self, data: Spool) -> None:
        self._data, self._at = data, 0

    def read(self, size: int) -> bytes:
        """The next bytes; fewer at the end."""
        found = self._data.read(self._at, size)
        self._at += len(found)
        return found

    def skip(self, size: int) -> bool:
        """Skip bytes; False if there are fewer."""
        self._at += size
        return self._at <= len(self._data)

    def keep(self, size: int) -> Spooled | None:
        """The content of a file, which consists of the next bytes; None if there are fewer."""
        at = self._at
        return Spooled(self._data, at, size, size) if self.skip(size) else None

    def finish(self) -> None:
        """Check the rest of the stream."""


class Gunzip(Bytes):
    """The unpacked content of a gzip file with any number of members.

    Args:
        data: the file. What is kept of its content is in another spool.
        most: the limit of the unpacked size, in bytes.
        damaged: the diagnostic of the BadArchiveError if the file cannot be read.
        too_large: the same if the content is larger than ``most``, or has more members than MOST_MEMBERS.
    """

    def __init__(self, data: Spool, most: int, damaged: Diagnostic, too_large: Diagnostic) -> None:
        super().__init__(data)
        self._most, self._damaged, self._too_large = most, damaged, too_large
        self._input = b""
        self._inflate: zlib._Decompress | None = None
        self._members = 0
        self._kept = Spool()

    def read(self, size: int) -> bytes:
        """The next bytes; fewer at the end."""
        out: list[bytes] = []
        while size:
            piece = self._some(size)
            if not piece:
                break
            out.append(piece)
            size -= len(piece)
        return out[0] if len(out) == 1 else b"".join(out)

    def skip(self, size: int) -> bool:
        """Skip bytes; False if there are fewer."""
        while size:
            piece = self._some(min(size, _CHUNK * 4))
            if not piece:
                return False
            size -= len(piece)
        return True

    def keep(self, size: int) -> Spooled | None:
        """The content of a file, which consists of the next bytes; None if there are fewer."""
        at, left = len(self._kept), size
        while left:
            piece = self._some(min(left, _CHUNK * 4))
            if not piece:
                return None
            self._kept.append(piece)
            left -= len(piece)
        return Spooled(self._kept, at, size, size)

    def finish(self) -> None:
        """Read to the end, because gzip's checksums follow the data."""
        while self._some(_CHUNK * 4):
            pass

    def _some(self, most: int) -> bytes:
        """Some of the next bytes; empty at the end."""
        while True:
            if not self._input:
                self._input = super().read(_CHUNK)
            if self._inflate is None and not self._next():
                return b""
            piece = self._inflated(most)
            if piece:
                self._most -= len(piece)
                if self._most < 0:
                    raise BadArchiveError(self._too_large)
                return piece

    def _next(self) -> bool:
        """Begin a member; False at the end."""
        while not (rest := self._input.lstrip(b"\0") if self._members else self._input):
            if not (more := super().read(_CHUNK)):
                return False
            self._input = more
        if len(rest) < len(_MARK):
            rest += super().read(_CHUNK)
        if not rest.startswith(_MARK):
            raise BadArchiveError(self._damaged)
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise BadArchiveError(self._too_large)
        self._input, self._inflate = rest, zlib.decompressobj(wbits=31)
        return True

    def _inflated(self, most: int) -> bytes:
        assert self._inflate is not None  # noqa: S101 - _next has begun one
        stream = self._inflate
        if not self._input and not stream.eof:
            raise BadArchiveError(self._damaged)
        try:
            piece = stream.decompress(self._input, most)
        except zlib.error as error:
            raise BadArchiveError(self._damaged) from error
        self._input = stream.unused_data if stream.eof else stream.unconsumed_tail
        if stream.eof:
            self._inflate = None
        return piece
