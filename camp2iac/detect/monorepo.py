"""Applications in a repository with workspaces of Node.js: the folder to deploy with each, and their libraries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp2iac.detect.files import Folder
from camp2iac.targets.programs.builds import workspaces
from camp2iac.targets.programs.contents import ContentFiles


def root(path: str, whole: Folder) -> str | None:
    """The folder above ``path`` whose workspaces include it: ``./`` for the top. None: no folder lists it."""
    for above in _above(path):
        files = whole.below(above).content()
        if _inside(path, above) in workspaces.members(files):
            return f"{above}/" if above else "./"
    return None


def is_root(folder: Folder) -> bool:
    """Whether a folder lists workspaces, so that the applications are in them."""
    return bool(workspaces.patterns(folder.content()))


def libraries(paths: Iterable[str], whole: Folder) -> frozenset[str]:
    """Those of these folders that are workspaces which another workspace depends on."""
    found: set[str] = set()
    for above in sorted({above for path in paths for above in _above(path)}):
        files: ContentFiles = whole.below(above).content()
        for member in workspaces.members(files):
            needed = workspaces.needed(files, member)
            found |= {f"{above}/{each}" if above else each for each in needed}
    return frozenset(found)


def _above(path: str) -> Iterator[str]:
    """The folders above a folder, the nearest first."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _inside(path: str, above: str) -> str:
    return path.removeprefix(f"{above}/") if above else path
