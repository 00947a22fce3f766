"""ZIP, TAR and gzipped TAR, read into memory. An archive comes from strangers: nothing of it is ever unpacked to disk.

What a hostile archive can do is refused before anything of it is used: names that leave the package, links that do,
devices, setuid, names that a file system may take for one, and more than the bounds below.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, normpath

from camp2iac.camp.tree import PLAN, Tree, unreadable
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.diagnostics.suggest import listed, short

MOST_ENTRIES = 20_000
MOST_BYTES = 256 * 1024 * 1024  # of an archive, and of all that it holds
MOST_FILE_BYTES = 128 * 1024 * 1024
MOST_RATIO = 200  # of what is held to the archive's own size, above RATIO_FROM bytes
RATIO_FROM = 4 * 1024 * 1024
DEEPEST = 64
LONGEST_NAME = 255
MOST_FAULTS = 20  # reported for one archive


class BadArchiveError(Exception):
    """The archive cannot be read on; carries the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of an archive. ``link``: the target of a symbolic link; ``special``: why it can be no content."""

    name: str
    data: bytes = b""
    is_folder: bool = False
    executable: bool = False
    link: str | None = None
    special: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a package."""

    data: bytes
    executable: bool


class MemoryPackage(Tree):
    """The files of an archive, in memory."""

    def __init__(self, name: str, files: dict[str, File]) -> None:
        super().__init__(name, None)
        self._held = files
        self._children: dict[str, dict[str, bool]] = {"": {}}
        for path in sorted(files):
            self._place(path)

    def _place(self, path: str) -> None:
        is_folder = False
        while path:
            parent, _, name = path.rpartition("/")
            siblings = self._children.setdefault(parent, {})
            if name in siblings:
                return
            siblings[name] = is_folder
            path, is_folder = parent, True

    def children(self, folder: str) -> list[tuple[str, bool | None]]:
        """What lies in a folder, sorted."""
        return sorted(self._children.get(folder, {}).items())

    def is_file(self, path: str) -> bool:
        """Whether a file has that path."""
        return path in self._held

    def is_folder(self, path: str) -> bool:
        """Whether a folder has that path."""
        return path in self._children

    def read(self, path: str) -> bytes:
        """A file's bytes. ``KeyError`` when no file has that path."""
        return self._held[path].data

    def is_executable(self, path: str) -> bool:
        """Whether its owner may execute it."""
        return path in self._held and self._held[path].executable

    def all_files(self) -> tuple[str, ...]:
        """Everything that the archive holds, content or not, sorted."""
        return tuple(sorted(self._held))


def read_archive(data: bytes, kind: str, name: str, diagnostics: Diagnostics) -> MemoryPackage | None:
    """The files of an archive; None after reporting why it is refused (CAMP130 to CAMP136).

    ``kind``: as :func:`sniff` gives it. ``name``: what to call it.
    """
    from camp2iac.camp import tar, zip  # noqa: A004

    if len(data) > MOST_BYTES:
        diagnostics.add(too_large(name, f"{name} has more than {MOST_BYTES // 2**20} MiB"))
        return None
    try:
        members = zip.members(data, name) if kind == "zip" else tar.members(data, kind, name)
        return _Checked(name, diagnostics).package(members)
    except BadArchiveError as error:
        diagnostics.add(error.diagnostic)
        return None


def sniff(data: bytes) -> str:
    """``zip``, ``tar``, ``gzip``; the name of another kind of archive; or empty: by the bytes, not by any name."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return "zip"
    if data[:2] == b"\x1f\x8b":
        return "gzip"
    if data[257:262] == b"ustar" or (len(data) >= 512 and _old_tar(data[:512])):
        return "tar"
    others = {b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7-Zip", b"Rar!": "RAR", b"\x28\xb5\x2f\xfd": "zstd"}
    return next((kind for mark, kind in others.items() if data.startswith(mark)), "")


def _old_tar(header: bytes) -> bool:
    """TAR from before 1988 has no mark: its header's checksum tells."""
    digits = header[148:156].strip(b" \0")
    if not re.fullmatch(rb"[0-7]{1,7}", digits):
        return False
    return int(digits, 8) == sum(header[:148]) + 32 * 8 + sum(header[156:])


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


@dataclass(slots=True)
class Budget:
    """How much an archive may still bring."""

    name: str
    size: int  # of the archive itself
    entries: int = 0
    total: int = 0

    def entry(self) -> None:
        """Count an entry. BadArchiveError when there are too many."""
        self.entries += 1
        if self.entries > MOST_ENTRIES:
            raise BadArchiveError(too_large(self.name, f"{self.name} holds more than {MOST_ENTRIES:,} entries"))

    def left(self) -> int:
        """The bytes that the next file may have."""
        ratio = max(RATIO_FROM, self.size * MOST_RATIO)
        return max(0, min(MOST_FILE_BYTES, MOST_BYTES - self.total, ratio - self.total))

    def take(self, size: int, path: str) -> None:
        """Count the bytes of a file. BadArchiveError when they are too many."""
        if size > self.left():
            raise BadArchiveError(too_large(self.name, f"{self.name} unpacks to too much, at {short(path)}"))
        self.total += size


class _Checked:
    """Members to files, or to what is wrong with them."""

    def __init__(self, name: str, diagnostics: Diagnostics) -> None:
        self.name, self.diagnostics = name, diagnostics
        self.files: dict[str, File] = {}
        self.links: dict[str, str] = {}
        self.folded: dict[str, tuple[str, bool]] = {}
        self.junk: list[str] = []
        self.faults = 0

    def package(self, members: Iterator[Member]) -> MemoryPackage | None:
        for member in members:
            self._member(member)
        for path in self.links:
            self._link(path)
        if self.faults:
            return None
        if self.junk:
            shown = listed([*map(short, self.junk[:3]), *(["others"] if len(self.junk) > 3 else [])])
            self.diagnostics.add(
                Diagnostic("CAMP137", f"{self.name} holds what macOS left there; it is passed over: {shown}")
            )
        return MemoryPackage(self.name, self.files)

    def _fault(self, code: str, message: str, help_: str) -> None:
        self.faults += 1
        if self.faults <= MOST_FAULTS:
            self.diagnostics.add(Diagnostic(code, message, help=help_))

    def _member(self, member: Member) -> None:
        unsafe = unsafe_name(member.name)
        if unsafe:
            pack = "pack the application's own folder, with names relative to it"
            self._fault("CAMP132", f"{self.name} holds a file that {unsafe}: {short(member.name)}", pack)
            return
        path = normpath(member.name)
        if path == ".":
            return
        if path.split("/")[0] == "__MACOSX" or path.rpartition("/")[2].startswith("._") or path.endswith(".DS_Store"):
            self.junk.append(path)
            return
        if member.special:
            self._fault(
                "CAMP133", f"{self.name} holds {member.special}: {short(path)}", "pack plain files and folders alone"
            )
            return
        if not self._unique(path, member.is_folder) or member.is_folder:
            return
        if member.link is not None:
            self.links[path] = member.link
        else:
            self.files[path] = File(member.data, member.executable)

    def _unique(self, path: str, is_folder: bool) -> bool:
        """Whether no other entry has this name, nor one that a file system may take for it."""
        at, kind = path, is_folder
        while at:
            key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", at).casefold())
            known = self.folded.get(key)
            if known is None:
                self.folded[key] = (at, kind)
            elif known != (at, True) or not kind:
                self._twice(at, known[0])
                return False
            at, kind = dirname(at), True
        return True

    def _twice(self, path: str, other: str) -> None:
        plan = " (a package has one plan)" if path == PLAN else ""
        message = f"{self.name} holds two files of one name: {short(path)}{plan}"
        if other != path:
            message = (
                f"{self.name} holds two names that differ in case or accents alone: {short(other)} and {short(path)}"
            )
        self._fault("CAMP134", message, "rename or take out one of them, and pack again")

    def _link(self, path: str) -> None:
        remedy = "put the file itself in place of the link, and pack again"
        if path == PLAN:
            self._fault("CAMP133", f"{self.name} has a link for {PLAN}, not a file", remedy)
            return
        at = path
        for _ in range(8):
            target = self.links[at]
            if unsafe_name(target, link=True) or normpath(f"{dirname(at) or '.'}/{target}").startswith("../"):
                self._fault("CAMP133", f"{self.name} holds a link that leads out of it: {short(path)}", remedy)
                return
            at = normpath(f"{dirname(at) or '.'}/{target}")
            if at in self.files:
                self.files[path] = self.files[at]
                return
            if at not in self.links:
                break
        self._fault("CAMP133", f"{self.name} holds a link that leads to no file in it: {short(path)}", remedy)


def unsafe_name(name: str, *, link: bool = False) -> str:
    """Why a name cannot stand in a package (``leads out of it``); empty when it can."""
    parts = name.split("/")
    if name.startswith("/"):
        return "has an absolute path"
    if ".." in parts and not link:
        return "leads out of it"
    if re.match(r"[A-Za-z]:", name):
        return "begins with a drive's letter"
    if "\\" in name:
        return "has a backslash in its path"
    if not name.strip("/"):
        return "has no name"
    if unreadable(name):
        return "has control characters or unreadable ones in its name"
    if len(parts) > DEEPEST or any(len(part.encode("utf-8", "replace")) > LONGEST_NAME for part in parts):
        return "has too long a path"
    return ""
