"""Why the files of a folder are content, and why the others are not.

The answers explain what :mod:`camp2iac.camp.tree` decided, so they are asked for after a package was read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from camp2iac.camp import never
from camp2iac.camp.git import IgnoreRule
from camp2iac.camp.package import Package
from camp2iac.camp.tree import OUR_OUTPUT, OUR_STAGE, PACKAGING, is_environment, left_by_macos
from camp2iac.record import Record

_DEEPEST = 64

# Why a file is content: key to words.
CONTENT = {
    "named": "the plan names it",
    "listed": "camp.mf lists it",
    "freed": "the plan names its folder, although a rule excludes it",
    "tracked": "git tracks it",
    "untracked": "git does not track it, and no rule excludes it",
    "unruled": "no rule excludes it",
}
# Why a file or folder is not.
LEFT_OUT = {
    "version control": "version control",
    "git": "it configures git",
    "output": "output of camp2iac",
    "run": "the plan, an environment file or an output folder",
    "package": "part of the package, not of its content",
    "forge": "it configures a tool, such as a forge, an editor, hooks or camp2iac",
    "rule": "a rule excludes it",
    "dot": "a dot file of the package itself",
    "never": "never content unless git tracks it",
    "macos": "macOS added it",
    "link": "a link, pipe or device that cannot be content",
    "other": "git would not add it",
}


class IncludedFile(Record, frozen=True):
    """A file that is content, its size, and why: a key of CONTENT. ``size``: None if it cannot be read."""

    path: str
    size: int | None
    why: str


class LeftOut(Record, frozen=True):
    """A file or folder (``NAME/``) that is not content, and why: a key of LEFT_OUT.

    ``files`` and ``size``: the number of files in it and their size; None for version control, which is not counted.
    ``rule``: the line of an ignore file that excludes it.
    """

    path: str
    files: int | None
    size: int | None
    why: str
    rule: IgnoreRule | None = None


class Contents(Record, frozen=True):
    """The content at a path of a package. ``partial``: there are more files than camp2iac reads."""

    path: str
    files: tuple[IncludedFile, ...]
    left_out: tuple[LeftOut, ...]
    partial: bool = False


def contents(package: Package, path: str) -> Contents:
    """The files at a path that are content, and the rest of a folder, each with the reason."""
    if path and package.is_file(path):
        return Contents(path, (_file(package, path, "listed" if package.listed(path) else "named"),), ())
    known = len(package.problems)
    package.rewind()
    inside = package.files(path)
    return Contents(
        path,
        tuple(_file(package, each, _why(package, each, path)) for each in inside),
        tuple(sorted(_rest(package, path, inside), key=lambda each: each.path)),
        len(package.problems) > known,
    )


def _file(package: Package, path: str, why: str) -> IncludedFile:
    try:
        return IncludedFile(path, package.size(path), why)
    except (KeyError, OSError):
        return IncludedFile(path, None, why)


def _folders(paths: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    for path in paths:
        folder = posixpath.dirname(path)
        while folder not in found:
            found.add(folder)
            folder = posixpath.dirname(folder)
    return frozenset(found)


def _why(package: Package, path: str, under: str) -> str:
    if package.listed(path):
        return "listed"
    if any(path == each or (each.endswith("/") and path.startswith(each)) for each in package.untracked(under)):
        return "untracked"  # a repository in the content can track it, but a clone of the plan's does not have it
    if package.tracked(path):
        return "tracked"
    return "freed" if package.freed(under) else "unruled"


def _rest(package: Package, under: str, inside: tuple[str, ...]) -> Iterator[LeftOut]:
    """What a folder has except content: folders that are excluded as a whole, and files."""
    content, folders = frozenset(inside), _folders(inside)
    level = dict(_entries(package, under))
    for _ in range(_DEEPEST):
        rest = {path: is_folder for path, is_folder in level.items() if path not in content and path not in folders}
        rules = package.excluded(under, {path: is_folder is True for path, is_folder in rest.items()})
        deeper = [path for path in level if path in folders]
        for path, is_folder in rest.items():
            why = _why_not(package, under, path, is_folder, rules.get(path))
            if why == "other" and is_folder:
                deeper.append(path)
            elif (each := _left_out(package, path, is_folder, why, rules.get(path))) is not None:
                yield each
        level = dict(each for folder in deeper for each in _entries(package, folder))


def _entries(package: Package, folder: str) -> Iterator[tuple[str, bool | None]]:
    return ((f"{folder}/{name}" if folder else name, is_folder) for name, is_folder in package.children(folder))


def _left_out(package: Package, path: str, is_folder: bool | None, why: str, rule: IgnoreRule | None) -> LeftOut | None:
    """The entry of a path; None for a folder without files."""
    shown = f"{path}/" if is_folder else path
    if why == "version control":
        return LeftOut(shown, None, None, why)
    files = list(package.held(path)) if is_folder else [path]
    if not files:
        return None
    sizes = (_file(package, each, "").size or 0 for each in files) if is_folder is not None else ()
    return LeftOut(shown, len(files), sum(sizes), why, rule if why == "rule" else None)


def _why_not(package: Package, under: str, path: str, is_folder: bool | None, rule: IgnoreRule | None) -> str:
    """In the order in which the walk through a folder decides."""
    name = posixpath.basename(path)
    if name in never.VERSION_CONTROL:
        return "version control"
    if name in never.CONTROL:
        return "git"
    if _is_output(package, path, under):
        return "output"
    if package.kept_out(path):
        return "run"
    if not under and (path in PACKAGING or is_environment(path)):
        return "package"
    if not under and never.steers_a_forge(name):
        return "forge"
    if rule is not None:
        return "rule"
    if is_folder is None:
        return "link"
    if left_by_macos(path):
        return "macos"
    if not under and any(part.startswith(".") for part in path.split("/")):
        return "dot"
    inner = path[len(under) :].strip("/")
    return "never" if any(map(never.is_junk, inner.split("/"))) else "other"


def _is_output(package: Package, path: str, under: str) -> bool:
    """Whether a path is in output of camp2iac."""
    at = path
    while at != under:
        if package.is_file(f"{at}/{OUR_OUTPUT}") or package.is_folder(f"{at}/{OUR_STAGE}"):
            return True
        at = posixpath.dirname(at)
    return package.is_file(f"{under}/{OUR_OUTPUT}".lstrip("/"))
