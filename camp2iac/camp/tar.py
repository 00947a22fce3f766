"""The members of a TAR archive, plain or gzipped, read as a stream.

The standard library's reader is not used, because hostile extended headers can make it use much time and memory
(CVE-2024-6232), and it has no limits. In this module, every header has 512 bytes and a correct checksum, an extended
header is limited before it is read, and everything that two programs could understand differently is rejected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.camp.extended import NO_NOTES, Extended, Notes
from camp2iac.camp.gzip import Bytes, Gunzip
from camp2iac.camp.members import BLOCK, BadArchiveError, Budget, Member, checksum, damaged, too_large
from camp2iac.camp.spool import Spool

# Headers and padding of TAR, in addition to its files. They are not kept.
_OVERHEAD = 64 * 1024 * 1024
_OCTAL = re.compile(rb"[0-7]*")
_SPECIAL = {
    b"1": "a hard link",
    b"3": "a device",
    b"4": "a device",
    b"6": "a pipe",
    b"S": "a sparse file",
}
_POSIX = b"ustar\0"
_LABEL = b"V"  # of the archive itself (GNU tar --label)
_LISTED_FOLDER = b"D"  # a folder, with a list of its files (GNU tar --listed-incremental)


def members(archive: Spool, kind: str, name: str) -> Iterator[Member]:
    """The members of a TAR archive, one by one. BadArchiveError (CAMP130, CAMP135) ends it."""
    budget = Budget(name, len(archive))
    stream: Bytes = Bytes(archive)
    if kind == "gzip":
        most = budget.whole() + _OVERHEAD
        stream = Gunzip(archive, most, damaged(name), too_large(name, f"{name} is too large when unpacked"))
    return _Reader(stream, budget, packed=kind == "gzip").members()


class _Reader:
    def __init__(self, stream: Bytes, budget: Budget, *, packed: bool) -> None:
        self.stream, self.budget, self.packed = stream, budget, packed
        self.extended = Extended(self._exactly, budget.name)
        self.first = True

    def _bad(self, what: str = "") -> BadArchiveError:
        return BadArchiveError(damaged(self.budget.name, what) if what else damaged(self.budget.name))

    def _exactly(self, size: int) -> bytes:
        """The next bytes, and skip the padding of their last block."""
        data = self.stream.read(size)
        if len(data) != size or not self.stream.skip(-size % BLOCK):
            raise self._bad()
        return data

    def members(self) -> Iterator[Member]:
        """The members, up to the first block of zeros."""
        notes = NO_NOTES
        while (header := self.stream.read(BLOCK)).strip(b"\0"):
            if len(header) < BLOCK or not checksum(header):
                what = "it is a gzip file, but not of a TAR archive" if self.first and self.packed else ""
                raise self._bad(what)
            self.first = False
            size = self._number(header[124:136])
            if self.extended.is_one(header[156:157]):
                notes = self.extended.read(header[156:157], size, notes)
                continue
            self.budget.entry()
            if header[156:157] == _LABEL and not size:
                notes = NO_NOTES
                continue
            yield self._member(header, size, notes)
            notes = NO_NOTES
        if notes != NO_NOTES:
            raise self._bad()
        self.stream.finish()  # finds out whether the end of a gzipped archive is missing

    def _number(self, field: bytes) -> int:
        """A number in octal digits, or in binary (GNU)."""
        if field[0] == 0x80:
            return int.from_bytes(field[1:], "big")
        digits = field.split(b"\0")[0].strip()
        if field[0] & 0x80 or not _OCTAL.fullmatch(digits):
            raise self._bad()
        return int(digits or b"0", 8)

    def _member(self, header: bytes, size: int, notes: Notes) -> Member:
        kind, posix = header[156:157], header[257:263] == _POSIX
        name = _text(header[:100])
        prefix = _text(header[345:500]) if posix else ""
        name = notes.path if notes.path is not None else f"{prefix}/{name}" if prefix else name
        size = notes.size if notes.size is not None else size
        self.budget.name_of(name)
        if kind in (b"\0", b"0", b"7"):
            if notes.sparse:
                self._past(size)
                return Member(name, special=_SPECIAL[b"S"])
            if kind == b"\0" and name.endswith("/"):  # how old TAR programs wrote folders
                return Member(name, is_folder=True)
            return self._file(name, size, self._number(header[100:108]))
        if kind == _LISTED_FOLDER:
            self._past(size)
            return Member(name + "/", is_folder=True)
        if kind == b"5":
            return Member(name + "/", is_folder=True)
        if kind == b"2":
            return Member(name, link=notes.link if notes.link is not None else _text(header[157:257]))
        if kind not in (b"1", b"3", b"4", b"6"):
            self._past(size)
        return Member(name, special=_SPECIAL.get(kind, "an entry that is neither a file nor a folder"))

    def _file(self, name: str, size: int, mode: int) -> Member:
        self.budget.take(size, name)
        content = self.stream.keep(size)
        if content is None or not self.stream.skip(-size % BLOCK):
            raise self._bad()
        if mode & 0o6000:
            return Member(name, special="a file that runs with another user's rights (setuid or setgid)")
        return Member(name, content, executable=bool(mode & 0o100))

    def _past(self, size: int) -> None:
        """Skip the content of an entry that is not a file."""
        if not self.stream.skip(size + -size % BLOCK):
            raise self._bad()


def _text(field: bytes) -> str:
    return field.split(b"\0")[0].decode("utf-8", "surrogateescape")
