"""What all archive formats share: members, detection of the format, and limits."""

from __future__ import annotations

import re

from camp2iac.camp.spool import Spooled
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record

MOST_ENTRIES = 20_000
MOST_BYTES = 256 * 1024 * 1024  # of an archive, and of all its files together
MOST_FILE_BYTES = 128 * 1024 * 1024
MOST_RATIO = 200  # of the files' size to the archive's size, above RATIO_FROM bytes
RATIO_FROM = 4 * 1024 * 1024
MOST_NAMES = 4 * 1024 * 1024  # bytes of all names
BLOCK = 512  # of TAR


class BadArchiveError(Exception):
    """The archive cannot be read further; has the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


class Member(Record, frozen=True):
    """One entry of an archive. ``content``: of a file. ``link``: the target of a symbolic link; ``special``: why it
    cannot be content."""

    name: str
    content: Spooled | None = None
    is_folder: bool = False
    executable: bool = False
    link: str | None = None
    special: str = ""


def sniff(data: bytes) -> str:
    """The format by its first bytes: ``zip``, ``tar``, ``gzip``, the name of another archive format, or empty."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return "zip"
    if data[:2] == b"\x1f\x8b":
        return "gzip"
    if data[257:262] == b"ustar" or (len(data) >= BLOCK and checksum(data[:BLOCK])):
        return "tar"
    others = {b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7-Zip", b"Rar!": "RAR", b"\x28\xb5\x2f\xfd": "zstd"}
    return next((kind for mark, kind in others.items() if data.startswith(mark)), "")


def checksum(header: bytes) -> bool:
    """Whether the checksum of a TAR header is correct (TAR from before 1988 has no other mark)."""
    digits = header[148:156].strip(b" \0")
    if not re.fullmatch(rb"[0-7]{1,7}", digits):
        return False
    rest = header[:148] + header[156:]
    wanted, unsigned = int(digits, 8), sum(rest) + 32 * 8
    # Some old systems added the bytes as signed numbers.
    return wanted in (unsigned, unsigned - 256 * sum(byte > 127 for byte in rest))


def too_large(name: str, message: str) -> Diagnostic:
    """CAMP135."""
    return Diagnostic(
        "CAMP135",
        message,
        notes=(
            f"an archive can have up to {MOST_ENTRIES:,} entries and {MOST_BYTES // 2**20} MiB in total",
            f"a file can have {MOST_FILE_BYTES // 2**20} MiB, and all files {MOST_RATIO} times the archive's size",
        ),
        help="remove what the application does not need, or write the URL of large content after  href:",
    )


def damaged(name: str, what: str = "it is damaged or incomplete") -> Diagnostic:
    """CAMP130."""
    return Diagnostic("CAMP130", f"{name} cannot be unpacked: {what}", help="pack or transfer it again")


class Budget(Record):
    """Counts entries and bytes against the limits."""

    name: str
    size: int  # of the archive itself
    entries: int = 0
    total: int = 0
    names: int = 0
    most_entries: int = MOST_ENTRIES
    most_names: int = MOST_NAMES

    def entry(self) -> None:
        """Count an entry. BadArchiveError if there are too many."""
        self.entries += 1
        if self.entries > self.most_entries:
            raise BadArchiveError(too_large(self.name, f"{self.name} contains more than {self.most_entries:,} entries"))

    def name_of(self, path: str) -> None:
        """Count the bytes of a name. BadArchiveError if all names together have too many."""
        self.names += len(path)
        if self.names > self.most_names:
            raise BadArchiveError(too_large(self.name, f"the names in {self.name} are too long"))

    def whole(self) -> int:
        """The bytes that all files together can have."""
        return min(MOST_BYTES, max(RATIO_FROM, self.size * MOST_RATIO))

    def left(self) -> int:
        """The bytes that the next file can have."""
        return max(0, min(MOST_FILE_BYTES, self.whole() - self.total))

    def take(self, size: int, path: str) -> None:
        """Count the bytes of a file. BadArchiveError if they are too many."""
        if size > self.left():
            raise BadArchiveError(too_large(self.name, f"{self.name} is too large when unpacked, at {short(path)}"))
        self.total += size
