"""The package of a plan: a single file, a folder or an archive, behind one type."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from camp2iac.diagnostics import Diagnostic
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.camp.git import IgnoreRule


class Package(ABC):
    """The files of a plan. Paths are relative to the root, with ``/``, and never leave it.

    ``name``: the name to show: ``shop.zip``, ``shop/``, ``camp.yaml``. ``folder``: the absolute path of the folder with
    the files; None for archives and standard input. ``problems``: diagnostics about the files, which the reader
    reports.

    :class:`camp2iac.camp.tree.Tree`, the base class for folders and archives, decides which files are content.
    """

    def __init__(self, name: str, folder: str | None) -> None:
        self._name, self._folder = name, folder
        self._digests: dict[str, str] = {}
        self.problems: list[Diagnostic] = []

    @property
    def name(self) -> str:
        """The name to show: ``shop.zip``, ``shop/``, ``camp.yaml``."""
        return self._name

    @property
    def folder(self) -> str | None:
        """The absolute path of the folder with the files; None for archives and standard input."""
        return self._folder

    @property
    def alone(self) -> bool:
        """Whether it is a plan without files, from standard input."""
        return False

    @property
    def bare(self) -> bool:
        """Whether the user named the plan, not its folder, so that other files there may not belong to it."""
        return False

    # --- single files -----------------------------------------------------------------------------------------------

    @abstractmethod
    def is_file(self, path: str) -> bool:
        """Whether the path is a file."""

    @abstractmethod
    def is_folder(self, path: str) -> bool:
        """Whether the path is a folder."""

    @abstractmethod
    def is_executable(self, path: str) -> bool:
        """Whether its owner can execute it."""

    @abstractmethod
    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file in pieces, for files that can be large. ``KeyError`` if it never existed, OSError if it
        cannot be read any more or, at its end, if it changed: nothing is used before the last piece."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises as :meth:`chunks` does."""
        return b"".join(self.chunks(path))

    @abstractmethod
    def start(self, path: str, most: int) -> bytes:
        """The first bytes of a file. Raises as :meth:`chunks` does."""

    @abstractmethod
    def size(self, path: str) -> int:
        """The size of a file in bytes. Raises as :meth:`chunks` does."""

    def sha256(self, path: str) -> str:
        """The SHA-256 of a file, in hexadecimal digits. Raises as :meth:`chunks` does."""
        if path not in self._digests:
            digest = hashlib.sha256()
            for piece in self.chunks(path):
                digest.update(piece)
            self._digests[path] = digest.hexdigest()
        return self._digests[path]

    def occupied(self, path: str) -> bool:
        """Whether the path exists but is not a file: a folder, a pipe, a link out of the package or to nothing."""
        return self.is_folder(path)

    def leaves(self, path: str) -> bool:
        """Whether a path exists, but a link on it leads out of the package."""
        del path
        return False

    # --- all files --------------------------------------------------------------------------------------------------

    @abstractmethod
    def children(self, folder: str) -> list[tuple[str, bool | None]]:
        """The names in a folder, and whether each is a folder; None if it cannot be content (devices, bad links)."""

    @abstractmethod
    def held(self, under: str = "") -> Iterator[str]:
        """The files in a folder, content or not, that an archive of the folder would have: all except those of version
        control, those that macOS adds, and those that are left out of this run."""

    @abstractmethod
    def everything(self) -> tuple[str, ...]:
        """The files of a copy of the package: its plan, environment files and rules as well as its content, sorted."""

    def supplied(self) -> tuple[str, ...]:
        """The files that came with the plan, sorted: all files of an archive; for a folder, only the content."""
        return self.files()

    def passed_over(self) -> tuple[str, ...]:
        """The files that macOS added to an archive and the manifest does not list."""
        return ()

    # --- content ----------------------------------------------------------------------------------------------------

    @abstractmethod
    def files(self, under: str = "") -> tuple[str, ...]:
        """The content files ``under`` a folder (``""``: the package itself), sorted."""

    @abstractmethod
    def stays(self) -> tuple[str, ...]:
        """Regular expressions (RE2) for files that are not content of the package itself, although they could be
        content of a folder."""

    @abstractmethod
    def never(self, under: str) -> str:
        """A regular expression for the files ``under`` a folder that are not content, even if a repository tracks
        them."""

    @abstractmethod
    def ruled(self, under: str) -> bool:
        """Whether a ``.gitignore``, in a folder's content or above it, could exclude files in the folder.

        The answer must be the same in every clone, so a user's own rules (``.git/info/exclude``) do not count.
        """

    @abstractmethod
    def travels(self, path: str) -> bool:
        """Whether no rule excludes a file. A file that the plan names is content anyway."""

    @abstractmethod
    def listed(self, path: str) -> bool:
        """Whether the package's manifest lists a file, so that no rule excludes it."""

    def tracked(self, path: str) -> bool:
        """Whether a repository tracks a file, so that no rule excludes it."""
        del path
        return False

    def untracked(self, path: str) -> tuple[str, ...]:
        """The content files at a path that a clone of the repository would not have, sorted."""
        del path
        return ()

    # --- why it is content, or is not ---------------------------------------------------------------------------------

    @abstractmethod
    def freed(self, under: str) -> bool:
        """Whether rules exclude all of a folder, so that they do not apply if the plan names the folder."""

    @abstractmethod
    def kept_out(self, path: str) -> bool:
        """Whether a path is left out of this run: the plan, an environment file or an output folder."""

    @abstractmethod
    def excluded(self, under: str, paths: Mapping[str, bool]) -> Mapping[str, IgnoreRule]:
        """The rules that exclude paths from the content of the folder ``under``. ``paths``: which are folders."""

    def rewind(self) -> None:  # noqa: B027 (archives are limited when they are read)
        """Walk through the files again, up to the limit for their number."""

    # --- while the package is read ----------------------------------------------------------------------------------

    @abstractmethod
    def keep(self, paths: Iterable[str]) -> None:
        """Keep these files as content, because the manifest lists them: neither a ``.gitignore`` excludes them, nor a
        source map that is not listed itself."""

    def restore(self, paths: Iterable[str]) -> None:  # noqa: B027 (folders ignore no such files)
        """Add files that were ignored, because the manifest lists them."""

    def bound(self, content: Iterable[str]) -> None:  # noqa: B027 (archives are checked when they are read)
        """Report content that exceeds the limits of an archive."""

    @abstractmethod
    def accept(self) -> None:
        """The package was read within its limits. From now on, the same question always gets the same answer."""


class PackageFile(Record, frozen=True):
    """The content of a file of a package, which is read when it is used."""

    package: Package
    path: str

    @property
    def size(self) -> int:
        """The size in bytes. Raises as :meth:`chunks` does."""
        return self.package.size(self.path)

    @property
    def sha256(self) -> str:
        """The SHA-256, in hexadecimal digits. Raises as :meth:`chunks` does."""
        return self.package.sha256(self.path)

    def chunks(self) -> Iterator[bytes]:
        """The bytes in pieces. Raises as :meth:`Package.chunks` does."""
        return self.package.chunks(self.path)

    def checked(self) -> PackageFile:
        """The same, after reading the file once, so that a file that cannot be read is found at compile time."""
        self.package.sha256(self.path)
        return self
