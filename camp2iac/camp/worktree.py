"""A folder in a git work tree: the files that git tracks or would add, and the rules above the folder."""

# ruff: noqa: PTH118
from __future__ import annotations

import os
import posixpath
from functools import cached_property
from pathlib import Path

from camp2iac.camp import git, never
from camp2iac.camp.bounded import read_start
from camp2iac.camp.ignore import MOST_RULES, Ignore, Work, ignored, parse

_PLACEHOLDERS = frozenset({".gitignore", ".gitkeep", ".keep"})


class WorkTree:
    """What git knows about ``base``, a folder in the work tree at ``top``; both are absolute, without links.

    ``problem``: why git could not list the files. Its index is read instead, and the rules decide which files it would
    add. ``partial``: the index cannot be read either.
    """

    def __init__(self, top: str, base: str) -> None:
        self.top, self.base, self.problem, self.partial = top, base, "", False
        try:
            self._listing = git.listing(top, base)
        except git.GitError as error:
            self.problem = str(error)
            self._listing = self._from_index()

    def _from_index(self) -> git.Listing:
        from camp2iac.camp import index

        found: dict[bool, set[str]] = {False: set(), True: set()}
        try:
            for path, is_module in index.entries(Path(git.own_folder(self.top))):
                if path.startswith(self.prefix):
                    found[is_module].add(path[len(self.prefix) :])
        except index.IndexFault:
            self.partial = True
            found = {False: set(), True: set()}
        return git.Listing(frozenset(found[False]), frozenset(), frozenset(found[True]))

    @property
    def prefix(self) -> str:
        """From the top to the base; ends with a slash, unless it is empty."""
        return posixpath.join(Path(os.path.relpath(self.base, self.top)).as_posix(), "").removeprefix("./")

    @property
    def silent(self) -> bool:
        """Whether the repository tracks nothing in the base and ignores all of it."""
        if self._listing.tracked or self._listing.untracked or self._listing.modules:
            return False
        return self._base_ignored() if self.problem else True

    def _base_ignored(self) -> bool:
        """Whether the rules exclude the base itself, or a folder above it."""
        parts = self.prefix.strip("/").split("/") if self.prefix else []
        for depth in range(len(parts)):
            above = {"/".join(parts[:each]) for each in range(depth + 1)}
            rules = [ignore for ignore in self.rules if ignore.folder in above]
            if not self.partial and ignored("/".join(parts[: depth + 1]), True, rules, Work()):
                return True
        return False

    def key(self, path: str) -> str:
        """Git's name for an absolute path below the base."""
        name = path[len(self.base) :].strip(os.sep)
        return (name if os.sep == "/" else Path(name).as_posix()) or "."

    def tracks(self, key: str) -> bool:
        """Whether a file is in the index."""
        return key in self._listing.tracked or self._folded(key) in self._listing.tracked

    def would_add(self, key: str) -> bool:
        """Whether a file, or another repository (``NAME/``), is neither in the index nor ignored."""
        return key in self._listing.untracked

    def is_module(self, key: str) -> bool:
        """Whether a folder is a submodule."""
        return key in self._listing.modules

    def holds(self, key: str, *, tracked: bool) -> bool:
        """Whether a folder has files that git tracks, or (unless ``tracked``) would add."""
        return key in self._tracked_folders or (not tracked and key in self._other_folders)

    def tracks_in(self, key: str) -> bool:
        """Whether git tracks files of a folder, other than placeholders such as ``.gitkeep``."""
        inside = "" if key == "." else f"{key}/"
        return any(
            path.startswith(inside) and posixpath.basename(path) not in _PLACEHOLDERS for path in self._listing.tracked
        )

    @cached_property
    def rules(self) -> tuple[Ignore, ...]:
        """The rules above the base, weakest first: the user's own, then each ``.gitignore`` from the top down."""
        found = _read(os.path.join(git.common_folder(self.top), "info", "exclude"), "", git.EXCLUDE)
        return (*found, *self._files_above)

    @cached_property
    def _files_above(self) -> tuple[Ignore, ...]:
        parts = self.prefix.strip("/").split("/") if self.prefix else []
        folders = ["/".join(parts[:depth]) for depth in range(len(parts))]
        return tuple(each for at in folders for each in _read(os.path.join(self.top, at, ".gitignore"), at))

    def reaches_into(self, folder: str) -> bool:
        """Whether a ``.gitignore`` above the base could exclude a file in a folder, given from the base, that would
        otherwise be content.
        """
        for ignore in self._files_above:
            below = posixpath.join(self.prefix, folder).rstrip("/").removeprefix(ignore.folder).strip("/")
            names = below.split("/") if below else []
            patterns = (each for each in ignore.patterns if not never.known(each, whole=not folder))
            if ignore.excess or any(pattern.reaches_into(names) for pattern in patterns):
                return True
        return False

    @cached_property
    def _tracked_folders(self) -> frozenset[str]:
        return _above([*self._listing.tracked, *self._listing.modules])

    @cached_property
    def _other_folders(self) -> frozenset[str]:
        return _above([path.rstrip("/") for path in self._listing.untracked])

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        return {path.casefold(): path for path in self._listing.tracked}

    def _folded(self, key: str) -> str:
        """The name in the index, if the file system treats ``Readme`` and ``README`` as the same."""
        other = self._by_folded.get(key.casefold(), key)
        if other != key:
            try:
                same = os.path.samefile(os.path.join(self.base, other), os.path.join(self.base, key))  # noqa: PTH121
            except OSError:
                same = False
            return other if same else key
        return key


def _above(paths: list[str]) -> frozenset[str]:
    found: set[str] = set()
    for path in paths:
        folder = posixpath.dirname(path)
        while folder and folder not in found:
            found.add(folder)
            folder = posixpath.dirname(folder)
    return frozenset(found)


def _read(path: str, folder: str, file: str = "") -> tuple[Ignore, ...]:
    if not os.path.isfile(path):  # noqa: PTH113 - reading a pipe would never end
        return ()
    try:
        return (parse(read_start(path, MOST_RULES + 1), folder, file),)
    except OSError:
        return ()
