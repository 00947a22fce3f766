"""Notice that files change, by their dates, sizes and names. This needs no library, and works on every file system."""

# os: it is much faster than pathlib, and this runs twice a second.
# ruff: noqa: PTH116
from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from camp2iac.camp.never import VERSION_CONTROL, is_junk
from camp2iac.record import Record

INTERVAL = 0.5  # seconds between two looks
_SETTLING = 20  # looks at files that change all the time, before camp2iac compiles anyway

Snapshot = Mapping[str, tuple[int, ...]]  # path to what changes if the file changes


class WatchScope(Record, frozen=True):
    """What to watch, as paths.

    ``files``: single files, whether they exist or not. ``folders``: the files directly in them, and which folders they
    have. ``trees``: all files
    in them. ``without``: folders to leave out, such as outputs. ``known``: files and folders in the trees that are
    content, although their names say that they are left by a tool.
    """

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    trees: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


def wait(seconds: float) -> None:
    """Wait. Tests replace this function."""
    time.sleep(seconds)


def snapshot(scope: WatchScope) -> Snapshot:
    """The state of all files in a scope."""
    found: dict[str, tuple[int, ...]] = {}
    for path, is_folder in (*((file, False) for file in sorted(scope.files)), *_listed(scope)):
        try:
            at = os.stat(path)
        except OSError:  # it was removed
            continue
        found[path] = () if is_folder else (at.st_mtime_ns, at.st_size, at.st_ino, at.st_mode)
    return found


def watch(act: Callable[[Sequence[str]], WatchScope], scope: WatchScope) -> None:
    """Call ``act`` now and after each change, until it raises. It gets the changed paths, and returns the new scope."""
    before, changed = snapshot(scope), list[str]()
    while True:
        new = act(changed)
        if new != scope:  # what is in both scopes could have changed meanwhile
            before = {path: before.get(path, state) for path, state in snapshot(new).items()}
            scope = new
        before, changed = _next(scope, before)


def _next(scope: WatchScope, before: Snapshot) -> tuple[Snapshot, list[str]]:
    """Wait for a change, and until the files stay as they are: editors and git write several, one after the other."""
    while (now := snapshot(scope)) == before:
        wait(INTERVAL)
    for _ in range(_SETTLING):
        wait(INTERVAL / 5)
        last, now = now, snapshot(scope)
        if now == last:
            break
    return now, sorted(path for path in {*before, *now} if before.get(path) != now.get(path))


def _listed(scope: WatchScope) -> Iterator[tuple[str, bool]]:
    for folder in sorted(scope.folders):
        yield from _entries(folder, scope)
    for tree in sorted(scope.trees):
        yield from _in_tree(tree, scope, frozenset())


def _in_tree(folder: str, scope: WatchScope, above: frozenset[str]) -> Iterator[tuple[str, bool]]:
    real = os.path.realpath(folder)
    if real in above:  # a link to a folder that contains it
        return
    for path, is_folder in _entries(folder, scope):
        if is_folder:
            yield from _in_tree(path, scope, above | {real})
        else:
            yield path, False


def _entries(folder: str, scope: WatchScope) -> list[tuple[str, bool]]:
    """What is in a folder and can be content, and whether each is a folder."""
    try:
        with os.scandir(folder) as entries:
            return [(each.path, each.is_dir()) for each in entries if _counts(each, scope)]
    except OSError:
        return []


def _counts(entry: os.DirEntry[str], scope: WatchScope) -> bool:
    if entry.name in VERSION_CONTROL or entry.path in scope.without:
        return False
    return not is_junk(entry.name) or entry.path in scope.known
