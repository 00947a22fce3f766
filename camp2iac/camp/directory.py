"""The files of a folder, read in place. Links can point anywhere inside the folder, but not out of it."""

# os.path: its realpath never raises, and is quicker by far.
# ruff: noqa: PTH110, PTH112, PTH113, PTH114, PTH116, PTH117, PTH118
from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from camp2iac.camp import bounded
from camp2iac.camp.folder_faults import MOST_FILES, bad_link, bad_name, too_many, too_much, unreadable_path
from camp2iac.camp.members import MOST_BYTES, MOST_ENTRIES, MOST_FILE_BYTES
from camp2iac.camp.tree import PLAN, Tree, unreadable
from camp2iac.diagnostics.suggest import short

LONGEST = 4096  # characters of a path; no operating system opens a longer one


class Directory(Tree):
    """The folder ``root``. ``plan``: the plan's file name; ``leave_out``: paths that are not content, anywhere.
    ``bare``: the user named the plan, not the folder, so other files in the folder may not belong to the plan.
    """

    def __init__(
        self, root: Path, name: str, *, plan: str = PLAN, bare: bool = False, leave_out: Sequence[Path] = ()
    ) -> None:
        self._root = os.path.realpath(root)
        inside = [os.path.relpath(os.path.realpath(path), self._root) for path in leave_out]
        kept_out = {Path(path).as_posix() for path in inside if path != "." and not path.startswith("..")}
        super().__init__(name, self._root, frozenset({*kept_out, plan}))
        self._bare = bare
        self._seen = 0
        self._met: set[str] = set()  # files that existed when the folder was read
        self._real: dict[str, str | None] = {"": self._root}

    @property
    def bare(self) -> bool:
        """Whether the user named the plan, not its folder."""
        return self._bare

    def _path(self, path: str) -> str | None:
        """The real path, if it is inside the folder."""
        if len(path) >= LONGEST:
            return None
        if path not in self._real:
            parts = path.split("/")
            safe = not unreadable(path) and not os.path.isabs(path) and ".." not in parts and "." not in parts
            real = os.path.realpath(os.path.join(self._root, path)) if safe else None
            inside = real is not None and (real == self._root or real.startswith(os.path.join(self._root, "")))
            self._real[path] = real if inside else None
        return self._real[path]

    def children(self, folder: str) -> list[tuple[str, bool | None]]:
        """The names in a folder, sorted, and whether each is a folder."""
        real = self._path(folder)
        if real is None or self._seen > MOST_FILES:
            return []
        found: list[tuple[str, bool | None]] = []
        try:
            with os.scandir(real) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    self._seen += 1
                    if self._seen > MOST_FILES:
                        self.problems.append(too_many(self.name))
                        return []
                    path = f"{folder}/{entry.name}" if folder else entry.name
                    found.append((entry.name, self._kind(path, real, entry)))
        except OSError as error:
            self.problems.append(unreadable_path(folder or self.name, error))
        return found

    def _kind(self, path: str, parent: str, entry: os.DirEntry[str]) -> bool | None:
        """Whether an entry is a folder; None if it cannot be content."""
        if unreadable(entry.name):
            return None
        if entry.is_symlink():
            target = self._path(path)
            # Following a link to a parent folder would never end.
            if target is None or os.path.join(parent, "").startswith(os.path.join(target, "")):
                return None
            return True if os.path.isdir(target) else False if os.path.isfile(target) else None
        if entry.is_dir(follow_symlinks=False):
            return True
        if not entry.is_file(follow_symlinks=False):
            return None
        self._met.add(path)
        return False

    def refuse(self, path: str) -> None:
        """Report a bad link or a bad name; pipes, sockets and devices are ignored."""
        if unreadable(path):
            self.problems.append(bad_name(path))
            return
        place = os.path.join(self._root, path)
        if os.path.islink(place):
            self.problems.append(bad_link(path, self._leads(path, place)))

    def _leads(self, path: str, place: str) -> str:
        """Where a link points that cannot be followed."""
        if self.leaves(path):
            return "out of the plan's folder"
        if os.path.isdir(place):
            return "to a folder that contains it"
        return "to a pipe, a socket or a device" if os.path.exists(place) else "nowhere"

    def leaves(self, path: str) -> bool:
        """Whether a path exists, but a link on it leads out of the folder."""
        return self._path(path) is None and os.path.lexists(os.path.join(self._root, path))

    def is_file(self, path: str) -> bool:
        """Whether the path is a file."""
        real = self._path(path)
        found = real is not None and os.path.isfile(real)
        if found:
            self._met.add(path)
        return found

    def is_folder(self, path: str) -> bool:
        """Whether the path is a folder."""
        real = self._path(path)
        return real is not None and os.path.isdir(real)

    def occupied(self, path: str) -> bool:
        """Whether the path exists but is not a file: a folder, a pipe, a link out of the folder or to nothing."""
        return os.path.lexists(os.path.join(self._root, path)) and not self.is_file(path)

    def held(self, under: str = "") -> Iterator[str]:
        """The files in a folder, content or not. They do not count towards the limit for content."""
        seen = self._seen
        yield from super().held(under)
        self._seen = seen

    def rewind(self) -> None:
        """Walk through the files again, up to the limit for their number."""
        self._seen = 0

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file in pieces. ``KeyError`` if it never existed. OSError if it was removed or cannot be read,
        is too large, or no longer matches its digest in the manifest."""
        known = self._digests.get(path) if path in self._kept else None
        digest = hashlib.sha256()
        for piece in bounded.chunks(self._file(path), MOST_FILE_BYTES):
            if known is not None:
                digest.update(piece)
            yield piece
        if known is not None and digest.hexdigest() != known:
            raise OSError(errno.ESTALE, "it changed while camp2iac read it", path)

    def start(self, path: str, most: int) -> bytes:
        """The first bytes of a file. Raises as :meth:`chunks` does."""
        return bounded.read_start(self._file(path), most)

    def size(self, path: str) -> int:
        """The size of a file in bytes. Raises as :meth:`chunks` does."""
        return os.stat(self._file(path)).st_size

    def _file(self, path: str) -> str:
        real = self._path(path)
        if real is None or not (path in self._met or os.path.isfile(real)):
            raise KeyError(path)
        return real

    def bound(self, content: Iterable[str]) -> None:
        """Report content that exceeds the limits of an archive."""
        total = 0
        for number, path in enumerate(content, 1):
            try:
                size = self.size(path)
            except (KeyError, OSError):  # reported where it is read
                continue
            total += size
            if size > MOST_FILE_BYTES:
                self.problems.append(too_much(f"{short(path)} is larger than {bounded.amount(MOST_FILE_BYTES)}"))
                return
            if total > MOST_BYTES or number > MOST_ENTRIES:
                what = bounded.amount(MOST_BYTES) if total > MOST_BYTES else f"{MOST_ENTRIES:,} files"
                self.problems.append(too_much(f"the content of {self.name} has more than {what}"))
                return

    def is_executable(self, path: str) -> bool:
        """Whether its owner can execute it."""
        real = self._path(path)
        return real is not None and bool(os.stat(real).st_mode & stat.S_IXUSR)
