"""What a plan comes in: a bare file, a folder or an archive, read through one type."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from camp2iac.diagnostics import Diagnostic


class Package(ABC):
    """The files that came with a plan. Paths are relative to its root, with ``/``, and never leave it.

    ``name``: the one to show: ``shop.zip``, ``shop/``, ``camp.yaml``. ``folder``: the absolute path of the folder that
    the files really lie in; None for archives and standard input. ``problems``: what was met on the way and cannot be
    content, or cannot be told; the reader reports them.

    What of the files is content is decided by :class:`camp2iac.camp.tree.Tree`, which folders and archives are.
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
        """The absolute path of the folder that the files really lie in; None for archives and standard input."""
        return self._folder

    @property
    def alone(self) -> bool:
        """Whether it is a plan without any files: one from standard input."""
        return False

    @property
    def bare(self) -> bool:
        """Whether the plan was named, not its folder: what else lies there need not belong to it."""
        return False

    # --- single files -------------------------------------------------------------------------------------------------

    @abstractmethod
    def is_file(self, path: str) -> bool:
        """Whether a file has that path."""

    @abstractmethod
    def is_folder(self, path: str) -> bool:
        """Whether a folder has that path."""

    @abstractmethod
    def is_executable(self, path: str) -> bool:
        """Whether its owner may execute it."""

    @abstractmethod
    def read(self, path: str) -> bytes:
        """A file's bytes. ``KeyError`` when no file has that path; OSError when it had, and cannot be read now."""

    def start(self, path: str, most: int) -> bytes:
        """The first bytes of a file. Raises as :meth:`read` does."""
        return self.read(path)[:most]

    def size(self, path: str) -> int:
        """How many bytes a file has. Raises as :meth:`read` does."""
        return len(self.read(path))

    def sha256(self, path: str) -> str:
        """The SHA-256 of a file, in hexadecimal digits. Raises as :meth:`read` does."""
        if path not in self._digests:
            self._digests[path] = hashlib.sha256(self.read(path)).hexdigest()
        return self._digests[path]

    def occupied(self, path: str) -> bool:
        """Whether what has that path is no file: a folder, a pipe, a link that leads out or nowhere."""
        return self.is_folder(path)

    def leaves(self, path: str) -> bool:
        """Whether something stands at a path, but a link leads out of the package."""
        del path
        return False

    # --- what is there ------------------------------------------------------------------------------------------------

    @abstractmethod
    def children(self, folder: str) -> list[tuple[str, bool | None]]:
        """The names in a folder, and whether each is a folder; None for what can be no content (devices, bad links)."""

    @abstractmethod
    def held(self, under: str = "") -> Iterator[str]:
        """What lies in a folder, whether it is content or not, but for what version control keeps there, what macOS
        leaves and what is kept out of this run. It is what an archive of the folder has."""

    @abstractmethod
    def everything(self) -> tuple[str, ...]:
        """What a copy of the package has: its plan, environments and rules as well as its content, sorted."""

    def supplied(self) -> tuple[str, ...]:
        """What came with the plan, sorted: all that an archive holds, content or not; of a folder, the content."""
        return self.files()

    def passed_over(self) -> tuple[str, ...]:
        """What macOS left in an archive, and nothing asks for."""
        return ()

    # --- what is content ----------------------------------------------------------------------------------------------

    @abstractmethod
    def files(self, under: str = "") -> tuple[str, ...]:
        """The files of the content ``under`` (a folder's path; ``""``: the package itself), sorted. What belongs to no
        content is left out."""

    @abstractmethod
    def stays(self) -> tuple[str, ...]:
        """Regular expressions (RE2) of what of the package is no content, besides what is none in any folder."""

    @abstractmethod
    def ruled(self, under: str) -> bool:
        """Whether some ``.gitignore``, in a folder's content or above it, may leave out what lies in it.

        This must be the same in every clone, so a user's own rules (``.git/info/exclude``) do not count.
        """

    @abstractmethod
    def travels(self, path: str) -> bool:
        """Whether no rule leaves out a file; one that is named travels all the same."""

    @abstractmethod
    def listed(self, path: str) -> bool:
        """Whether the package's manifest lists a file, so that no rule leaves it out."""

    def tracked(self, path: str) -> bool:
        """Whether a repository tracks a file, so that no rule leaves it out."""
        del path
        return False

    def untracked(self, path: str) -> tuple[str, ...]:
        """What of the content at a path travels although a clone of the repository would not have it, sorted."""
        del path
        return ()

    # --- while it is read ---------------------------------------------------------------------------------------------

    @abstractmethod
    def keep(self, paths: Iterable[str]) -> None:
        """Files of these paths are listed in the package's manifest: no rule of a ``.gitignore`` leaves them out, nor
        does a source map that is not listed itself."""

    def restore(self, paths: Iterable[str]) -> None:  # noqa: B027 (folders pass nothing over)
        """Take what was passed over for files after all: the manifest lists it."""

    def bound(self, content: Iterable[str]) -> None:  # noqa: B027 (archives are bounded when they are read)
        """Keep as a problem what of these files, the content, is more than an archive may hold."""

    @abstractmethod
    def accept(self) -> None:
        """The package was read within its bounds. What asks for its content again never gets another answer."""
