"""A plan's folder, read in place. Links may lead anywhere inside of it, and nowhere else."""

# os.path: its realpath never raises, and is quicker by far.
# ruff: noqa: PTH110, PTH112, PTH113, PTH114, PTH116, PTH117, PTH118, PTH120
from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from camp2iac.camp import bounded, git
from camp2iac.camp.ignore import Ignore
from camp2iac.camp.members import MOST_BYTES, MOST_ENTRIES, MOST_FILE_BYTES
from camp2iac.camp.tree import PLAN, Scope, Tree, unreadable
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short
from camp2iac.record import replace

if TYPE_CHECKING:
    from camp2iac.camp.worktree import WorkTree

MOST_FILES = 100_000
LONGEST = 4096  # characters of a path; no system opens a longer one


class FolderPackage(Tree):
    """The folder ``root``. ``plan``: the plan's file name; ``leave_out``: paths that are no content, of any base.
    ``bare``: the plan was named, not the folder: what else lies there need not belong to it.
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
        self._met: set[str] = set()  # files that were there
        self._real: dict[str, str | None] = {"": self._root}
        self._trees: dict[str, WorkTree | None] = {}
        self._untracked: set[str] = set()  # content that git does not track; other repositories end with /

    @property
    def bare(self) -> bool:
        """Whether the plan was named, not its folder."""
        return self._bare

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
            return True if os.path.isdir(target) else False if os.path.isfile(target) else None
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
            self.problems.append(_bad_link(path, self._leads(path, place)))

    def _leads(self, path: str, place: str) -> str:
        """Where a link leads that cannot be followed."""
        if self.leaves(path):
            return "out of the plan's folder"
        if os.path.isdir(place):
            return "back to a folder that it lies in"
        return "to a pipe, a socket or a device" if os.path.exists(place) else "nowhere"

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

    def occupied(self, path: str) -> bool:
        """Whether what has that path is no file: a folder, a pipe, a link that leads out or nowhere."""
        return os.path.lexists(os.path.join(self._root, path)) and not self.is_file(path)

    def held(self, under: str = "") -> Iterator[str]:
        """What lies in a folder, content or not; it does not count as met while content was looked for."""
        seen = self._seen
        yield from super().held(under)
        self._seen = seen

    def read(self, path: str) -> bytes:
        """A file's bytes. ``KeyError`` when no file has that path; OSError when it had, and is gone or closed now, when
        it is too large, and when it is not what the manifest lists any more."""
        data = bounded.read_bounded(self._file(path), MOST_FILE_BYTES)
        if path in self._kept and path in self._digests and hashlib.sha256(data).hexdigest() != self._digests[path]:
            raise OSError(errno.ESTALE, "it changed while it was read", path)
        return data

    def start(self, path: str, most: int) -> bytes:
        """The first bytes of a file. Raises as :meth:`read` does."""
        return bounded.read_start(self._file(path), most)

    def size(self, path: str) -> int:
        """How many bytes a file has. Raises as :meth:`read` does."""
        return os.stat(self._file(path)).st_size

    def sha256(self, path: str) -> str:
        """The SHA-256 of a file, in hexadecimal digits. Raises as :meth:`read` does."""
        if path not in self._digests:
            self._digests[path] = bounded.sha256(self._file(path), MOST_FILE_BYTES)
        return self._digests[path]

    def _file(self, path: str) -> str:
        real = self._path(path)
        if real is None or not (path in self._met or os.path.isfile(real)):
            raise KeyError(path)
        return real

    def bound(self, content: Iterable[str]) -> None:
        """Keep as a problem what of these files, the content, is more than an archive may hold."""
        total = 0
        for number, path in enumerate(content, 1):
            try:
                size = self.size(path)
            except (KeyError, OSError):  # reported where it is read
                continue
            total += size
            if size > MOST_FILE_BYTES:
                self.problems.append(_too_much(f"{short(path)} has more than {bounded.amount(MOST_FILE_BYTES)}"))
                return
            if total > MOST_BYTES or number > MOST_ENTRIES:
                what = bounded.amount(MOST_BYTES) if total > MOST_BYTES else f"{MOST_ENTRIES:,} files"
                self.problems.append(_too_much(f"the content that {self.name} brings is more than {what}"))
                return

    def is_executable(self, path: str) -> bool:
        """Whether its owner may execute it."""
        real = self._path(path)
        return real is not None and bool(os.stat(real).st_mode & stat.S_IXUSR)

    # --- in a git work tree -------------------------------------------------------------------------------------------

    def _tree(self, real: str) -> WorkTree | None:
        """The work tree that a folder lies in, given by its real path; None: no repository has a word on it."""
        if real not in self._trees:
            top = real if git.is_top(real) else git.top(real) if real == self._root else ""
            if top:
                self._trees[real] = self._asked(top, real)
            else:
                self._trees[real] = self._tree(os.path.dirname(real)) if real != self._root else None
        return self._trees[real]

    def _asked(self, top: str, base: str) -> WorkTree | None:
        from camp2iac.camp.worktree import WorkTree

        tree = WorkTree(top, base)
        if tree.silent:
            return None
        if tree.problem:
            self.problems.append(_git_silent(tree))
        return tree

    def _outer_rules(self) -> tuple[Ignore, ...]:
        tree = self._tree(self._root)
        self._prefix = tree.prefix if tree is not None else ""
        return tree.rules if tree is not None else ()

    def ruled(self, under: str) -> bool:
        """Whether some ``.gitignore``, in a folder's content or above it, may leave out what lies in it."""
        tree = self._tree(self._root)
        return super().ruled(under) or (tree is not None and tree.reaches_into(under))

    def _tracks(self, folder: str) -> bool:
        real = self._path(folder)
        tree = self._tree(real) if real is not None else None
        return tree is not None and real is not None and tree.tracks_in(tree.key(real))

    def _wanted(
        self, folder: str, name: str, is_folder: bool | None, rules: tuple[Ignore, ...], scope: Scope
    ) -> Scope | None:
        parent = self._path(folder)
        tree = self._tree(parent) if parent is not None else None
        if tree is None or parent is None or tree.partial:
            return super()._wanted(folder, name, is_folder, rules, scope)
        path = f"{folder}/{name}" if folder else name
        place = os.path.join(parent, name)
        key = tree.key(place)
        if tree.problem:
            by_rules = super()._wanted(folder, name, is_folder, rules, scope)
            return self._by_index(tree, key, path, is_folder, scope, by_rules)
        if is_folder and not os.path.islink(place):
            wanted = self._wanted_folder(tree, key, path, scope)
        else:
            wanted = tree.tracks(key) or (not scope.doubtful and tree.would_add(key))
            if wanted and not (tree.tracks(key) and self._target_tracked(place, bool(is_folder))):
                self._untracked.add(path)
        if wanted:
            return scope
        return super()._wanted(folder, name, is_folder, rules, scope) if scope.freed else None

    def _by_index(
        self, tree: WorkTree, key: str, path: str, is_folder: bool | None, scope: Scope, by_rules: Scope | None
    ) -> Scope | None:
        """The same where git's index and the rules are all that is known."""
        if is_folder and not os.path.islink(os.path.join(self._root, path)):
            tracked = tree.is_module(key) or tree.holds(key, tracked=True)
            return by_rules or (replace(scope, doubtful=True) if tracked else None)
        if tree.tracks(key):
            return scope
        if by_rules is not None and not scope.freed:
            self._untracked.add(path)
        return by_rules

    def _wanted_folder(self, tree: WorkTree, key: str, path: str, scope: Scope) -> bool:
        if tree.is_module(key):
            if not self.children(path):
                self.problems.append(_no_module(path))
            return True
        if tree.would_add(f"{key}/") and not scope.doubtful:
            self._untracked.add(f"{path}/")
            return True
        return tree.holds(key, tracked=scope.doubtful)

    def _target_tracked(self, place: str, is_folder: bool) -> bool:
        """Whether what a link to a file leads to is tracked, too; in a folder, each file is asked about."""
        if is_folder or not os.path.islink(place):
            return True
        real = os.path.realpath(place)
        tree = self._tree(os.path.dirname(real)) if real.startswith(os.path.join(self._root, "")) else None
        return tree is None or tree.tracks(tree.key(real))

    def untracked(self, path: str) -> tuple[str, ...]:
        """What of the content at a path travels although a clone of the repository would not have it, sorted."""
        if self.is_file(path):
            real = self._path(path)
            tree = self._tree(os.path.dirname(real)) if real is not None else None
            if tree is None or real is None or tree.partial or tree.tracks(tree.key(real)):
                return ()
            return (path,) if tree.would_add(tree.key(real)) or (tree.problem and super().travels(path)) else ()
        self.files(path)
        inside = f"{path}/" if path else ""
        return tuple(sorted(each for each in self._untracked if each.startswith(inside)))

    def tracked(self, path: str) -> bool:
        """Whether a repository tracks a file, so that no rule leaves it out."""
        real = self._path(path)
        tree = self._tree(os.path.dirname(real)) if real is not None else None
        return tree is not None and real is not None and tree.tracks(tree.key(real))

    def travels(self, path: str) -> bool:
        """Whether no rule leaves out a file; one that is named travels all the same."""
        real = self._path(path)
        tree = self._tree(os.path.dirname(real)) if real is not None else None
        if tree is None or real is None:
            return super().travels(path)
        key = tree.key(real)
        return tree.tracks(key) or (super().travels(path) if tree.problem else tree.would_add(key))


def _too_many(name: str) -> Diagnostic:
    return Diagnostic(
        "CAMP135",
        f"{name} holds too much to be a plan's folder",
        notes=(f"more than {MOST_FILES:,} files and folders were met",),
        help="name the artifact's own folder in  href:,  or list in .gitignore what does not belong to it",
    )


def _too_much(message: str) -> Diagnostic:
    return Diagnostic(
        "CAMP135",
        message,
        notes=("the bounds of archives hold for folders: a plan travels as a package",),
        help="take out what the application does not need, or give large content as a URL",
    )


def _bad_name(path: str) -> Diagnostic:
    return Diagnostic(
        "CAMP132",
        f"a file has control characters or unreadable ones in its name: {short(path)}",
        help="rename it, or list it in .gitignore",
    )


def _bad_link(path: str, leads: str) -> Diagnostic:
    return Diagnostic(
        "CAMP133",
        f"a link leads {leads}: {short(path)}",
        notes=("a plan travels as a package: what it names must come with it",),
        help="put the file itself in place of the link, or list the link in .gitignore (and  git rm --cached  it)",
    )


def _unreadable(path: str, error: OSError) -> Diagnostic:
    return Diagnostic("CAMP138", f"{short(path)} cannot be read: {error.strerror or 'an unknown reason'}")


def _git_silent(tree: WorkTree) -> Diagnostic:
    instead = "its .gitignore files are read instead, which do not tell what is tracked"
    return Diagnostic(
        "CAMP139",
        "git does not say which files the repository holds",
        notes=(
            short(tree.problem, 200),
            instead if tree.partial else "its index and .gitignore files are read instead, without it",
        ),
        help="install git where camp2iac runs, or mend the repository; else the output may differ from that of others",
    )


def _no_module(path: str) -> Diagnostic:
    return Diagnostic(
        "CAMP142",
        f"the submodule {short(path)} is not there: its folder is empty",
        help="run  git submodule update --init",
    )
