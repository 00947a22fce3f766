"""The files of an archive, which is not unpacked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp2iac.camp.spool import Spooled
from camp2iac.camp.tree import Tree
from camp2iac.record import Record


class ArchivedFile(Record, frozen=True):
    """A file of an archive."""

    content: Spooled
    executable: bool


class ArchivePackage(Tree):
    """The files of an archive, or none. ``passed``: the files that macOS added, by their paths; None for those that a
    manifest cannot list: links, and repeated names."""

    def __init__(
        self, name: str, files: dict[str, ArchivedFile], passed: dict[str, ArchivedFile | None] | None = None
    ) -> None:
        super().__init__(name, None)
        self._passed = passed or {}
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

    @property
    def alone(self) -> bool:
        """Whether it is a plan without files, from standard input. An archive has at least its plan."""
        return not self._held

    def children(self, folder: str) -> list[tuple[str, bool | None]]:
        """The names in a folder, sorted, and whether each is a folder."""
        return sorted(self._children.get(folder, {}).items())

    def is_file(self, path: str) -> bool:
        """Whether the path is a file."""
        return path in self._held

    def is_folder(self, path: str) -> bool:
        """Whether the path is a folder."""
        return path in self._children

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file in pieces. ``KeyError`` if it does not exist."""
        return self._held[path].content.chunks()

    def start(self, path: str, most: int) -> bytes:
        """The first bytes of a file. ``KeyError`` if it does not exist."""
        return self._held[path].content.start(most)

    def size(self, path: str) -> int:
        """The size of a file in bytes. ``KeyError`` if it does not exist."""
        return self._held[path].content.size

    def is_executable(self, path: str) -> bool:
        """Whether its owner can execute it."""
        return path in self._held and self._held[path].executable

    def restore(self, paths: Iterable[str]) -> None:
        """Add files that were ignored, because the manifest lists them."""
        for path in paths:
            file = self._passed.get(path)
            if file is not None and path not in self._children:
                del self._passed[path]
                self._held[path] = file
                self._place(path)

    def supplied(self) -> tuple[str, ...]:
        """All files of the archive, content or not, sorted."""
        return tuple(sorted(self._held))

    def passed_over(self) -> tuple[str, ...]:
        """The files that macOS added, in the archive's order."""
        return tuple(self._passed)
