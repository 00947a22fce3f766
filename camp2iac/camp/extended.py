"""TAR's extended headers: long names (GNU) and records (pax) before the header of the file that they describe."""

from __future__ import annotations

import re
from collections.abc import Callable

from camp2iac.camp.members import MOST_ENTRIES, BadArchiveError, damaged, too_large
from camp2iac.record import Record, replace

# More than a path (16 KiB at most) and the extended attributes of a file need.
MOST_HEADER = 256 * 1024
# All together: more than 20,000 files need on macOS (attributes) or with `tar --format=pax` (times).
MOST_ALL = 16 * 1024 * 1024
MOST_RECORDS = 10 * MOST_ENTRIES
_KINDS = {b"x": "records", b"X": "records", b"g": "global", b"L": "path", b"K": "link"}
_LENGTH = re.compile(rb"([1-9][0-9]{0,5}) ")
_SIZE = re.compile(rb"[0-9]{1,18}")


class Notes(Record, frozen=True):
    """What extended headers say about the next file, instead of its own header."""

    path: str | None = None
    link: str | None = None
    size: int | None = None
    sparse: bool = False


NO_NOTES = Notes()


class Extended:
    """Reads extended headers. BadArchiveError (CAMP130, CAMP135) if they are too large or contradict each other.

    ``take``: returns the next bytes of the archive, as many as requested.
    """

    def __init__(self, take: Callable[[int], bytes], name: str) -> None:
        self._take, self._name = take, name
        self._bytes = self._records = self._count = 0

    def is_one(self, kind: bytes) -> bool:
        """Whether a header of this kind is an extended header."""
        return kind in _KINDS

    def read(self, kind: bytes, size: int, notes: Notes) -> Notes:
        """``notes`` about the next file, with those of this header."""
        self._bytes += size
        self._count += 1
        if size > MOST_HEADER or self._bytes > MOST_ALL or self._count > 4 * MOST_ENTRIES:
            raise BadArchiveError(too_large(self._name, f"the headers in {self._name} are too large"))
        data, what = self._take(size), _KINDS[kind]
        if what == "path":
            return replace(notes, path=self._once(notes.path, _text(data.split(b"\0")[0])))
        if what == "link":
            return replace(notes, link=self._once(notes.link, _text(data.split(b"\0")[0])))
        return self._pax(data, notes, every=what == "global")

    def _once(self, before: str | None, value: str) -> str:
        if before is not None and before != value:
            raise BadArchiveError(damaged(self._name, "it has two names for one file"))
        return value

    def _pax(self, data: bytes, notes: Notes, *, every: bool) -> Notes:
        at, found = 0, NO_NOTES
        while at < len(data):
            length = _LENGTH.match(data, at)
            end = at + int(length[1]) if length else 0
            equals = data.find(b"=", at, end)
            self._records += 1
            if self._records > MOST_RECORDS:
                raise BadArchiveError(too_large(self._name, f"the headers in {self._name} are too large"))
            if length is None or end > len(data) or equals < length.end() or data[end - 1 : end] != b"\n":
                raise BadArchiveError(damaged(self._name))
            found = self._record(data[length.end() : equals], data[equals + 1 : end - 1], found)
            at = end
        if every:  # git writes the commit here; the same path, link or size for all files makes no sense
            if found != NO_NOTES:
                raise BadArchiveError(damaged(self._name, "a global header has a name or size for all files"))
            return notes
        return Notes(
            notes.path if found.path is None else self._once(notes.path, found.path),
            notes.link if found.link is None else self._once(notes.link, found.link),
            found.size if found.size is not None else notes.size,
            notes.sparse or found.sparse,
        )

    def _record(self, key: bytes, value: bytes, found: Notes) -> Notes:
        """Add one record. If a header repeats a key, the last value counts (POSIX)."""
        if key == b"path":
            return replace(found, path=_text(value))
        if key == b"linkpath":
            return replace(found, link=_text(value))
        if key == b"size":
            if not _SIZE.fullmatch(value):
                raise BadArchiveError(damaged(self._name))
            return replace(found, size=int(value))
        return replace(found, sparse=True) if key.startswith(b"GNU.sparse.") else found


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
