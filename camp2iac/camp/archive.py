"""Read ZIP, TAR and gzipped TAR. An archive can be hostile, so no file of it gets a name on the disk.

An archive is rejected before anything in it is used if it has names or links that lead out of the package, devices,
setuid files, names that a file system could treat as the same, or more than the limits below.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from posixpath import dirname, normpath

from camp2iac.camp.archived import ArchivedFile, ArchivePackage
from camp2iac.camp.members import MOST_BYTES, BadArchiveError, Member, too_large
from camp2iac.camp.package import Package
from camp2iac.camp.spool import Spool
from camp2iac.camp.tree import PLAN, left_by_macos, unreadable
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.diagnostics.suggest import listed, short
from camp2iac.record import Record, field

DEEPEST = 64
LONGEST_NAME = 255
LONGEST_LINK = 4096  # characters; no operating system follows a longer one
MOST_FAULTS = 20  # reported for one archive
MOST_PLACES = 100_000  # files and folders, including folders that exist only in paths


def read_archive(archive: Spool, kind: str, name: str, diagnostics: Diagnostics) -> ArchivePackage | None:
    """The files of an archive; None after reporting why it is rejected (CAMP130 to CAMP136). SpoolError if its content
    has no space.

    ``kind``: the result of :func:`camp2iac.camp.members.sniff`. ``name``: the name to show.
    """
    from camp2iac.camp import tar, zip  # noqa: A004 - most packages are folders

    if len(archive) > MOST_BYTES:
        diagnostics.add(too_large(name, f"{name} is larger than {MOST_BYTES // 2**20} MiB"))
        return None
    try:
        members = zip.members(archive, name) if kind == "zip" else tar.members(archive, kind, name)
        return _Checked(name, diagnostics).package(members)
    except BadArchiveError as error:
        diagnostics.add(error.diagnostic)
        return None


class _Place(Record):
    """A name in an archive: its spelling, whether it is a folder, and the names in it."""

    written: str
    is_folder: bool
    below: dict[str, _Place] = field(default_factory=dict)


class _Checked:
    """Turns members into files, and reports errors."""

    def __init__(self, name: str, diagnostics: Diagnostics) -> None:
        self.name, self.diagnostics = name, diagnostics
        self.files: dict[str, ArchivedFile] = {}
        self.links: dict[str, str] = {}
        self.root = _Place("", True)
        self.linked = 0  # bytes that links repeat
        self.passed: dict[str, ArchivedFile | None] = {}
        self.faults = 0
        self.places = 0

    def package(self, members: Iterator[Member]) -> ArchivePackage | None:
        for member in members:
            self._member(member)
        for path in self.links:
            self._link(path)
        if self.faults:
            return None
        return ArchivePackage(self.name, self.files, self.passed)

    def _fault(self, code: str, message: str, help_: str) -> None:
        self.faults += 1
        if self.faults <= MOST_FAULTS:
            self.diagnostics.add(Diagnostic(code, message, help=help_))

    def _member(self, member: Member) -> None:
        unsafe = unsafe_name(member.name)
        if unsafe:
            pack = "pack the application's folder with relative names"
            self._fault("CAMP132", f"{self.name} contains a file that {unsafe}: {short(member.name)}", pack)
            return
        path = normpath(member.name)
        if path == ".":
            return
        if left_by_macos(path):
            plain = member.content is not None and path not in self.passed
            self.passed[path] = _file(member) if plain else None
            return
        if member.special:
            self._fault(
                "CAMP133", f"{self.name} contains {member.special}: {short(path)}", "pack only plain files and folders"
            )
            return
        if not self._unique(path, member.is_folder) or member.is_folder:
            return
        if member.link is not None:
            self.links[path] = member.link
        else:
            self.files[path] = _file(member)

    def _unique(self, path: str, is_folder: bool) -> bool:
        """Whether no other entry has this name, or a name that a file system could treat as the same."""
        at, parts = self.root, path.split("/")
        for depth, part in enumerate(parts, 1):
            kind = is_folder or depth < len(parts)
            key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", part).casefold())
            found = at.below.get(key)
            if found is None:
                self.places += 1
                if self.places > MOST_PLACES:
                    what = f"{self.name} contains more than {MOST_PLACES:,} files and folders"
                    raise BadArchiveError(too_large(self.name, what))
                found = at.below[key] = _Place(part, kind)
            elif not (found.is_folder and kind and found.written == part):
                here = "/".join(parts[: depth - 1])
                self._twice(*(f"{here}/{name}" if here else name for name in (part, found.written)))
                return False
            at = found
        return True

    def _twice(self, path: str, other: str) -> None:
        plan = " (a package has one plan)" if path == PLAN else ""
        message = f"{self.name} contains two files with the same name: {short(path)}{plan}"
        if other != path:
            message = (
                f"{self.name} contains two names that differ only in case or accents: {short(other)} and {short(path)}"
            )
        self._fault("CAMP134", message, "rename or remove one of them, and pack again")

    def _link(self, path: str) -> None:
        remedy = "replace the link with the file itself, and pack again"
        if path == PLAN:
            self._fault("CAMP133", f"{PLAN} in {self.name} is a link, not a file", remedy)
            return
        at = path
        for _ in range(8):
            target = self.links[at]
            if len(target) > LONGEST_LINK:
                break
            if unsafe_name(target, link=True) or normpath(f"{dirname(at) or '.'}/{target}").startswith("../"):
                self._fault("CAMP133", f"{self.name} contains a link that leads out of it: {short(path)}", remedy)
                return
            at = normpath(f"{dirname(at) or '.'}/{target}")
            if at in self.files:
                self.linked += self.files[at].content.size
                if self.linked > MOST_BYTES:
                    raise BadArchiveError(too_large(self.name, f"links in {self.name} repeat too much content"))
                self.files[path] = self.files[at]
                return
            if at not in self.links:
                break
        self._fault("CAMP133", f"{self.name} contains a link to a file that it does not have: {short(path)}", remedy)


def _file(member: Member) -> ArchivedFile:
    assert member.content is not None  # noqa: S101 - all other members were taken before
    return ArchivedFile(member.content, member.executable)


def passed_over(package: Package) -> Diagnostic | None:
    """CAMP137 for files that macOS added to an archive, except those in its manifest."""
    paths = package.passed_over()
    if not paths:
        return None
    shown = listed([*map(short, paths[:3]), *(["others"] if len(paths) > 3 else [])])
    return Diagnostic("CAMP137", f"files that macOS added to {package.name} are ignored: {shown}")


def unsafe_name(name: str, *, link: bool = False) -> str:
    """Why a name is not allowed in a package (``leads out of it``); empty if it is allowed."""
    parts = name.split("/")
    if name.startswith("/"):
        return "has an absolute path"
    if ".." in parts and not link:
        return "leads out of it"
    if re.match(r"[A-Za-z]:", name):
        return "begins with a drive letter"
    if "\\" in name:
        return "has a backslash in its path"
    if not name.strip("/"):
        return "has no name"
    if unreadable(name):
        return "has control or unreadable characters in its name"
    if len(parts) > DEEPEST or any(len(part.encode("utf-8", "replace")) > LONGEST_NAME for part in parts):
        return "has too long a path"
    return ""
