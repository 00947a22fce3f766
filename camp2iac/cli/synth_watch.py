"""``camp2iac synth --watch``: compile again when the plan, an environment file, the content or a product changes."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from camp2iac.camp import git
from camp2iac.camp.package import Package
from camp2iac.cli import EXIT_STOPPED, guarded, session, watch
from camp2iac.cli.account import Account, SynthOptions, accounts, opened
from camp2iac.cli.console import Console
from camp2iac.cli.synth_text import tell, tell_next
from camp2iac.cli.watch import WatchScope
from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.diagnostics.suggest import listed
from camp2iac.plan import Plan

_SHOWN = 3  # changed files that are named


def watch_synth(console: Console, options: Callable[[], SynthOptions]) -> int:
    """Compile until Ctrl-C; returns the exit status then. ``options`` finds the environment files each time."""
    given = options()
    rounds = _Rounds(console, options, scope(given, opened(given)))
    try:
        watch.watch(rounds.round, rounds.scope)
    except KeyboardInterrupt:
        console.say("\nStopped.")
    return EXIT_STOPPED


class _Rounds:
    """Compiles, and prints what is new since the last time."""

    def __init__(self, console: Console, options: Callable[[], SynthOptions], scope: WatchScope) -> None:
        self.scope = scope
        self._console = console
        self._options = options
        self._last: dict[Path, tuple[Diagnostic, ...]] | None = None

    def round(self, changed: Sequence[str]) -> WatchScope:
        """Compile once. An error does not end it."""
        first = self._last is None
        guarded(self._console, lambda: self._compile(changed))
        gc.collect()  # cli.main turned it off, because other commands end soon
        if first:
            self._console.say("\nWatching for changes. To stop, press Ctrl-C.")
        return self.scope

    def _compile(self, changed: Sequence[str]) -> None:
        last, self._last = self._last, self._last or {}
        given = self._options()
        read = opened(given)
        self.scope = scope(given, read)
        found = accounts(read, given)
        self._last = {each.place: each.diagnostics for each in found}
        new = [each for each in found if last is None or _news(each, last)]
        if changed and new:
            names = [os.path.relpath(path) for path in changed[:_SHOWN]]
            more = [f"{len(changed) - _SHOWN} more"] if len(changed) > _SHOWN else []
            self._console.say(f"\nChanged: {listed([*names, *more])}")
        before = (diagnostic for diagnostics in (last or {}).values() for diagnostic in diagnostics)
        tell(self._console, given, new, [each for each in before if each.level is not Severity.ERROR])
        if last is None:
            tell_next(self._console, given, new)


def _news(each: Account, last: dict[Path, tuple[Diagnostic, ...]]) -> bool:
    """Whether something was written, or there are other diagnostics than before."""
    wrote = each.done is not None and each.done.changed
    return wrote or last.get(each.place) != each.diagnostics


def scope(given: SynthOptions, read: Plan) -> WatchScope:
    """The files that the outputs depend on: the plan, the environment files, the content and the user's products.

    While the plan has errors, its content is not known, so the whole folder of the plan is watched.
    """
    assert given.plan is not None  # noqa: S101 - standard input cannot be watched
    source = read.reading.source
    base = os.path.realpath(session.folder(given.plan))
    catalogue = {os.path.realpath(folder) for folder in given.catalogue}
    plan = given.plan / session.PLAN if given.plan.is_dir() else given.plan
    own = [os.path.realpath(path) for path in (plan, *given.environments)]
    without = frozenset(os.path.realpath(given.place(environment)) for environment in given.runs)
    environments = os.path.join(base, session.ENVIRONMENTS)  # noqa: PTH118
    if source is not None and source.package.folder is None:  # an archive
        return WatchScope(frozenset(own), frozenset({environments}), frozenset(catalogue), without)
    trees, known = {base}, frozenset[str]()
    if source is not None and read.ok:
        paths = {each.content.path for each in source.plan.artifacts if each.content.path is not None}
        own += [os.path.join(base, path) for path in paths if source.package.is_file(path)]  # noqa: PTH118
        trees = {os.path.normpath(os.path.join(base, path)) for path in paths if source.package.is_folder(path)}  # noqa: PTH118
        known = frozenset(_known(base, source.package, paths))
    files, folders = frozenset([*own, *_index(base)]), frozenset({base, environments})
    return WatchScope(files, folders, frozenset(trees | catalogue), without, known)


def _index(base: str) -> list[str]:
    """The index of the repository: what git tracks is content."""
    top = git.top(base)
    return [os.path.join(git.own_folder(top), "index")] if top is not None else []  # noqa: PTH118


def _known(base: str, package: Package, paths: Iterable[str]) -> Iterator[str]:
    """The files of the content, and their folders."""
    for path in paths:
        for file in package.files(path) if package.is_folder(path) else (path,):
            yield from (os.path.join(base, each) for each in (file, *map(str, Path(file).parents)))  # noqa: PTH118
