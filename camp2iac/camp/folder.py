"""The folder of a plan, where content is what git tracks or would add."""

# os.path: its realpath never raises, and is much faster.
# ruff: noqa: PTH114, PTH118, PTH120
from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from camp2iac.camp import git
from camp2iac.camp.directory import Directory
from camp2iac.camp.folder_faults import git_silent, no_submodule
from camp2iac.camp.ignore import Ignore
from camp2iac.camp.tree import PLAN, Scope
from camp2iac.record import replace

if TYPE_CHECKING:
    from camp2iac.camp.git import IgnoreRule
    from camp2iac.camp.worktree import WorkTree


class FolderPackage(Directory):
    """The folder ``root``, in a git work tree or not; for the arguments see :class:`Directory`."""

    def __init__(
        self, root: Path, name: str, *, plan: str = PLAN, bare: bool = False, leave_out: Sequence[Path] = ()
    ) -> None:
        super().__init__(root, name, plan=plan, bare=bare, leave_out=leave_out)
        self._trees: dict[str, WorkTree | None] = {}
        self._untracked: set[str] = set()  # content that git does not track; other repositories end with /

    def _tree(self, real: str) -> WorkTree | None:
        """The work tree of a folder, given by its real path; None if no repository decides about its files."""
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
            self.problems.append(git_silent(tree))
        return tree

    def _outer_rules(self) -> tuple[Ignore, ...]:
        tree = self._tree(self._root)
        self._prefix = tree.prefix if tree is not None else ""
        return tree.rules if tree is not None else ()

    def ruled(self, under: str) -> bool:
        """Whether a ``.gitignore``, in a folder's content or above it, could exclude files in the folder."""
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
        """The same if git cannot list the files, so that only its index and the rules are known."""
        if is_folder and not os.path.islink(os.path.join(self._root, path)):
            tracked = self._is_module(tree, key, path) or tree.holds(key, tracked=True)
            return by_rules or (replace(scope, doubtful=True) if tracked else None)
        if tree.tracks(key):
            return scope
        if by_rules is not None and not scope.freed:
            self._untracked.add(path)
        return by_rules

    def _wanted_folder(self, tree: WorkTree, key: str, path: str, scope: Scope) -> bool:
        if self._is_module(tree, key, path):
            return True
        if tree.would_add(f"{key}/") and not scope.doubtful:
            self._untracked.add(f"{path}/")
            return True
        return tree.holds(key, tracked=scope.doubtful)

    def _is_module(self, tree: WorkTree, key: str, path: str) -> bool:
        """Whether a folder is a submodule. CAMP142: it is not checked out."""
        if tree.is_module(key) and not self.children(path):
            self.problems.append(no_submodule(path))
        return tree.is_module(key)

    def _target_tracked(self, place: str, is_folder: bool) -> bool:
        """Whether the target of a link to a file is tracked too. For a link to a folder, each file is checked later."""
        if is_folder or not os.path.islink(place):
            return True
        real = os.path.realpath(place)
        tree = self._tree(os.path.dirname(real)) if real.startswith(os.path.join(self._root, "")) else None
        return tree is None or tree.tracks(tree.key(real))

    def untracked(self, path: str) -> tuple[str, ...]:
        """The content files at a path that a clone of the repository would not have, sorted."""
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
        """Whether a repository tracks a file, so that no rule excludes it."""
        real = self._path(path)
        tree = self._tree(os.path.dirname(real)) if real is not None else None
        return tree is not None and real is not None and tree.tracks(tree.key(real))

    def travels(self, path: str) -> bool:
        """Whether no rule excludes a file. A file that the plan names is content anyway."""
        real = self._path(path)
        tree = self._tree(os.path.dirname(real)) if real is not None else None
        if tree is None or real is None:
            return super().travels(path)
        key = tree.key(real)
        return tree.tracks(key) or (super().travels(path) if tree.problem else tree.would_add(key))

    def excluded(self, under: str, paths: Mapping[str, bool]) -> Mapping[str, IgnoreRule]:
        """The rules that exclude paths from the content of the folder ``under``, as git says."""
        if self.freed(under):  # git only says that it excludes the folder
            return super().excluded(under, paths)
        asked: dict[WorkTree, dict[str, list[str]]] = {}  # several links can have one target
        rest: dict[str, bool] = {}
        for path, is_folder in paths.items():
            parent = self._path(posixpath.dirname(path))
            tree = self._tree(parent) if parent is not None else None
            if tree is None or parent is None or tree.problem:
                rest[path] = is_folder
            else:
                key = tree.key(os.path.join(parent, posixpath.basename(path)))
                asked.setdefault(tree, {}).setdefault(key, []).append(path)
        found = dict(super().excluded(under, rest))
        for tree, keys in asked.items():
            try:
                rules = git.ignored(tree.top, tree.base, keys)
            except git.GitError:
                continue
            found |= {path: git.shown(rule, tree.top) for key, rule in rules.items() for path in keys.get(key, ())}
        return found
