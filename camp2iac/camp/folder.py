"""A plan's folder, read in place. Links may lead anywhere inside of it, and nowhere else."""

# os.path: its realpath never raises, and is quicker by far.
# ruff: noqa: PTH110, PTH112, PTH113, PTH114, PTH116, PTH117, PTH118
from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from camp2iac.camp.tree import PLAN, Tree, unreadable
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short

MOST_FILES = 100_000
LONGEST = 4096  # characters of a path; no system opens a longer one


class FolderPackage(Tree):
    """The folder ``root``. ``plan``: the plan's file name; ``leave_out``: paths that are no content, of any base.
    ``bare``: the plan was named, not the folder: what else lies there need not belong to it.

    ``problems``: what was met on the way and cannot be content; the reader reports them.
    """

    def __init__(
        self, root: Path, name: str, *, plan: str = PLAN, bare: bool = False, leave_out: Sequence[Path] = ()
    ) -> None:
        self._root = os.path.realpath(root)
        inside = [os.path.relpath(os.path.realpath(path), self._root) for path in leave_out]
        kept_out = {Path(path).as_posix() for path in inside if path != "." and not path.startswith("..")}
        super().__init__(name, self._root, frozenset({*kept_out, plan}))
        self.problems: list[Diagnostic] = []
        self.bare = bare
        self._seen = 0
        self._met: set[str] = set()  # files that were there
        self._real: dict[str, str | None] = {"": self._root}

    def _path(self, path: str) -> str | None:
        """The real path, if it lies inside of the folder."""
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
        """What lies in a folder, sorted."""
        real = self._path(folder)
        if real is None or self._seen > MOST_FILES:
            return []
        found: list[tuple[str, bool | None]] = []
        try:
            with os.scandir(real) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    self._seen += 1
                    if self._seen > MOST_FILES:
                        self.problems.append(_too_many(self.name))
                        return []
                    path = f"{folder}/{entry.name}" if folder else entry.name
                    found.append((entry.name, self._kind(path, real, entry)))
        except OSError as error:
            self.problems.append(_unreadable(folder or self.name, error))
        return found

    def _kind(self, path: str, parent: str, entry: os.DirEntry[str]) -> bool | None:
        """Whether an entry is a folder; None for what can be no content."""
        if unreadable(entry.name):
            return None
        if entry.is_symlink():
            target = self._path(path)
            # A link to a folder above would be walked for ever.
            if target is None or os.path.join(parent, "").startswith(os.path.join(target, "")):
                return None
            return os.path.isdir(target) if os.path.exists(target) else None
        if entry.is_dir(follow_symlinks=False):
            return True
        if not entry.is_file(follow_symlinks=False):
            return None
        self._met.add(path)
        return False

    def refuse(self, path: str) -> None:
        """Keep a bad link or a bad name as a problem; pipes, sockets and devices are passed over."""
        if unreadable(path):
            self.problems.append(_bad_name(path))
            return
        place = os.path.join(self._root, path)
        if os.path.islink(place):
            self.problems.append(_bad_link(path, self.leaves(path), os.path.exists(place)))

    def leaves(self, path: str) -> bool:
        """Whether something stands at a path, but a link leads out of the folder."""
        return self._path(path) is None and os.path.lexists(os.path.join(self._root, path))

    def is_file(self, path: str) -> bool:
        """Whether a file has that path."""
        real = self._path(path)
        found = real is not None and os.path.isfile(real)
        if found:
            self._met.add(path)
        return found

    def is_folder(self, path: str) -> bool:
        """Whether a folder has that path."""
        real = self._path(path)
        return real is not None and os.path.isdir(real)

    def read(self, path: str) -> bytes:
        """A file's bytes. ``KeyError`` when no file has that path; OSError when it had, and is gone or closed now."""
        real = self._path(path)
        if real is None or not (path in self._met or os.path.isfile(real)):
            raise KeyError(path)
        return Path(real).read_bytes()

    def is_executable(self, path: str) -> bool:
        """Whether its owner may execute it."""
        real = self._path(path)
        return real is not None and bool(os.stat(real).st_mode & stat.S_IXUSR)


def _too_many(name: str) -> Diagnostic:
    return Diagnostic(
        "CAMP135",
        f"{name} holds too much to be a plan's folder",
        notes=(f"more than {MOST_FILES:,} files and folders were met",),
        help="name the artifact's own folder in  href:,  or list in .gitignore what does not belong to it",
    )


def _bad_name(path: str) -> Diagnostic:
    return Diagnostic(
        "CAMP132",
        f"a file has control characters or unreadable ones in its name: {short(path)}",
        help="rename it, or list it in .gitignore",
    )


def _bad_link(path: str, outside: bool, exists: bool) -> Diagnostic:
    leads = "out of the plan's folder" if outside else "back to a folder that it lies in" if exists else "nowhere"
    return Diagnostic(
        "CAMP133",
        f"a link leads {leads}: {short(path)}",
        notes=("a plan travels as a package: what it names must come with it",),
        help="put the file itself in place of the link, or list the link in .gitignore",
    )


def _unreadable(path: str, error: OSError) -> Diagnostic:
    return Diagnostic("CAMP138", f"{short(path)} cannot be read: {error.strerror or 'an unknown reason'}")
