"""The loop of ``synth --watch`` and ``validate --watch``: act again when the plan, an environment file, the content or
a product changes.
"""

from __future__ import annotations

import gc
import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from camp2iac.camp import git
from camp2iac.camp.package import Package
from camp2iac.cli import EXIT_STOPPED, guarded, session, watch
from camp2iac.cli.console import Console
from camp2iac.cli.watch import WatchScope
from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.diagnostics.suggest import listed
from camp2iac.plan import Plan
from camp2iac.record import Record

_SHOWN = 3  # changed files that are named


class WatchedFiles(Record, frozen=True):
    """What a command was given: the plan, the environment files and the folders with products. ``without``: its output
    folders.
    """

    plan: Path
    environments: tuple[Path, ...]
    catalogue: tuple[Path, ...]
    without: tuple[Path, ...] = ()


class Rounds(ABC):
    """Acts until Ctrl-C, and prints what is new since the last time."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._first = True
        self._scope = WatchScope()

    @abstractmethod
    def look(self) -> WatchScope:
        """Read the files for the first time; returns what to watch."""

    @abstractmethod
    def act(self, changed: Sequence[str]) -> None:
        """One round: read the files, set the scope, and print what is new."""

    def run(self) -> int:
        """Act now and after each change until Ctrl-C; returns the exit status then."""
        self._scope = self.look()
        try:
            watch.watch(self._round, self._scope)
        except KeyboardInterrupt:
            self._console.say("\nStopped.")
        return EXIT_STOPPED

    def announce(self, changed: Sequence[str]) -> None:
        """Name the files that changed."""
        if changed:
            names = [os.path.relpath(path) for path in changed[:_SHOWN]]
            more = [f"{len(changed) - _SHOWN} more"] if len(changed) > _SHOWN else []
            self._console.say(f"\nChanged: {listed([*names, *more])}")

    def _round(self, changed: Sequence[str]) -> WatchScope:
        """An error does not end the loop."""
        guarded(self._console, lambda: self.act(changed))
        gc.collect()  # cli.main turned it off, because other commands end soon
        if self._first:
            self._console.say("\nWatching for changes. To stop, press Ctrl-C.")
        self._first = False
        return self._scope


def known(before: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics of the last round that need not be printed again: errors are printed each time."""
    return [each for each in before if each.level is not Severity.ERROR]


def scope(given: WatchedFiles, read: Plan) -> WatchScope:
    """The files that the results depend on: the plan, the environment files, the content and the user's products.

    While the plan has errors, its content is not known, so the whole folder of the plan is watched.
    """
    source = read.reading.source
    base = os.path.realpath(session.folder(given.plan))
    catalogue = {os.path.realpath(folder) for folder in given.catalogue}
    plan = given.plan / session.PLAN if given.plan.is_dir() else given.plan
    own = [os.path.realpath(path) for path in (plan, *given.environments)]
    without = frozenset(map(os.path.realpath, given.without))
    environments = os.path.join(base, session.ENVIRONMENTS)  # noqa: PTH118
    if source is not None and source.package.folder is None:  # an archive
        return WatchScope(frozenset(own), frozenset({environments}), frozenset(catalogue), without)
    trees, content = {base}, frozenset[str]()
    if source is not None and read.ok:
        paths = {each.content.path for each in source.plan.artifacts if each.content.path is not None}
        own += [os.path.join(base, path) for path in paths if source.package.is_file(path)]  # noqa: PTH118
        trees = {os.path.normpath(os.path.join(base, path)) for path in paths if source.package.is_folder(path)}  # noqa: PTH118
        content = frozenset(_content(base, source.package, paths))
    files, folders = frozenset([*own, *_index(base)]), frozenset({base, environments})
    return WatchScope(files, folders, frozenset(trees | catalogue), without, content)


def _index(base: str) -> list[str]:
    """The index of the repository: what git tracks is content."""
    top = git.top(base)
    return [os.path.join(git.own_folder(top), "index")] if top is not None else []  # noqa: PTH118


def _content(base: str, package: Package, paths: Iterable[str]) -> Iterator[str]:
    """The files of the content, and their folders."""
    for path in paths:
        for file in package.files(path) if package.is_folder(path) else (path,):
            yield from (os.path.join(base, each) for each in (file, *map(str, Path(file).parents)))  # noqa: PTH118
