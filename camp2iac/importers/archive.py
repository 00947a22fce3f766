"""The files of an archive (ZIP), as the folder of a source."""

from __future__ import annotations

import posixpath
from pathlib import Path

from camp2iac.camp.archive import read_archive
from camp2iac.camp.archived import ArchivePackage
from camp2iac.camp.spool import Spool
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.diagnostics.suggest import short
from camp2iac.importers.folder import MOST_FILES, MOST_TOTAL, SourceFolder
from camp2iac.record import field


class ArchiveFolder(SourceFolder):
    """The files of an archive. Links in it stay inside: the reader of archives refuses others."""

    package: ArchivePackage = field(default_factory=lambda: ArchivePackage("", {}))

    def inside(self, path: str, base: str = "", at: Span | None = None) -> str | None:
        """The path of what a file in the folder ``base`` names; None after reporting that it is outside (CAMP764)."""
        joined = posixpath.normpath(posixpath.join(base, path))
        if path.startswith(("/", "\\", "~")) or "\0" in path or joined == ".." or joined.startswith("../"):
            self._outside(path, "", at)
            return None
        return "" if joined == "." else joined

    def is_file(self, path: str) -> bool:
        """Whether the archive has a file of this name."""
        return self.package.is_file(path)

    def is_folder(self, path: str) -> bool:
        """Whether the archive has a folder of this name."""
        return self.package.is_folder(path)

    def data(self, path: str, at: Span | None = None) -> bytes | None:
        """The bytes of a file. None after reporting that there is none (CAMP761)."""
        if not self.is_file(path):
            message = f"{short(path)} cannot be read: the archive has no such file"
            self.diagnostics.add(Diagnostic("CAMP761", message, at, help="correct the name, or add the file"))
            return None
        return self.package.read(path)


def open_archive(data: bytes, name: str, diagnostics: Diagnostics) -> ArchiveFolder | None:
    """The files of a ZIP file; None after reporting why it cannot be read (CAMP13x, CAMP774)."""
    package = read_archive(Spool(data), "zip", name, diagnostics)
    if package is None:
        return None
    files = [each for each in package.held() if package.is_file(each)]
    if len(files) > MOST_FILES or sum(package.size(each) for each in files) > MOST_TOTAL:
        limits = f"{MOST_FILES} files, and {MOST_TOTAL // 2**20} MiB in all"
        message = f"{short(name)} cannot be read: an import reads at most {limits}"
        diagnostics.add(Diagnostic("CAMP774", message, help="remove what does not describe the application"))
        return None
    return ArchiveFolder(Path(name).parent, diagnostics, package=package)
