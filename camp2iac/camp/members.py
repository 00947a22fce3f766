"""What the formats have in common: a member of an archive, what kind an archive is, and how much it may bring."""

from __future__ import annotations

import re

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record

MOST_ENTRIES = 20_000
MOST_BYTES = 256 * 1024 * 1024  # of an archive, and of all that it holds
MOST_FILE_BYTES = 128 * 1024 * 1024
MOST_RATIO = 200  # of what is held to the archive's own size, above RATIO_FROM bytes
RATIO_FROM = 4 * 1024 * 1024
MOST_NAMES = 4 * 1024 * 1024  # bytes of all names
BLOCK = 512  # of TAR


class BadArchiveError(Exception):
    """The archive cannot be read on; carries the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


class Member(Record, frozen=True):
    """One entry of an archive. ``link``: the target of a symbolic link; ``special``: why it can be no content."""

    name: str
    data: bytes = b""
    is_folder: bool = False
    executable: bool = False
    link: str | None = None
    special: str = ""


def sniff(data: bytes) -> str:
    """``zip``, ``tar``, ``gzip``; the name of another kind of archive; or empty: by the bytes, not by any name."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return "zip"
    if data[:2] == b"\x1f\x8b":
        return "gzip"
    if data[257:262] == b"ustar" or (len(data) >= BLOCK and checksum(data[:BLOCK])):
        return "tar"
    others = {b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7-Zip", b"Rar!": "RAR", b"\x28\xb5\x2f\xfd": "zstd"}
    return next((kind for mark, kind in others.items() if data.startswith(mark)), "")


def checksum(header: bytes) -> bool:
    """Whether the checksum of a TAR header is right. (TAR from before 1988 has no other mark.)"""
    digits = header[148:156].strip(b" \0")
    if not re.fullmatch(rb"[0-7]{1,7}", digits):
        return False
    rest = header[:148] + header[156:]
    wanted, unsigned = int(digits, 8), sum(rest) + 32 * 8
    # Some old systems took bytes for signed ones.
    return wanted in (unsigned, unsigned - 256 * sum(byte > 127 for byte in rest))


def too_large(name: str, message: str) -> Diagnostic:
    """CAMP135."""
    return Diagnostic(
        "CAMP135",
        message,
        notes=(
            f"an archive may hold {MOST_ENTRIES:,} entries and {MOST_BYTES // 2**20} MiB in all",
            f"a file in it {MOST_FILE_BYTES // 2**20} MiB, and all of it {MOST_RATIO} times the archive's own size",
        ),
        help="take out what the application does not need, or give large content as a URL",
    )


def damaged(name: str, what: str = "it is damaged, or was not transferred as a whole") -> Diagnostic:
    """CAMP130."""
    return Diagnostic("CAMP130", f"{name} cannot be unpacked: {what}", help="pack or transfer it again")


class Budget(Record):
    """How much an archive may still bring."""

    name: str
    size: int  # of the archive itself
    entries: int = 0
    total: int = 0
    names: int = 0
    most_entries: int = MOST_ENTRIES
    most_names: int = MOST_NAMES

    def entry(self) -> None:
        """Count an entry. BadArchiveError when there are too many."""
        self.entries += 1
        if self.entries > self.most_entries:
            raise BadArchiveError(too_large(self.name, f"{self.name} holds more than {self.most_entries:,} entries"))

    def name_of(self, path: str) -> None:
        """Count the bytes of a name. BadArchiveError when all of them are too many."""
        self.names += len(path)
        if self.names > self.most_names:
            raise BadArchiveError(too_large(self.name, f"the names of what {self.name} holds are too long"))

    def whole(self) -> int:
        """The bytes that all of its files may have."""
        return min(MOST_BYTES, max(RATIO_FROM, self.size * MOST_RATIO))

    def left(self) -> int:
        """The bytes that the next file may have."""
        return max(0, min(MOST_FILE_BYTES, self.whole() - self.total))

    def take(self, size: int, path: str) -> None:
        """Count the bytes of a file. BadArchiveError when they are too many."""
        if size > self.left():
            raise BadArchiveError(too_large(self.name, f"{self.name} unpacks to too much, at {short(path)}"))
        self.total += size
