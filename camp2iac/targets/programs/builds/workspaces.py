"""The workspaces of a repository with several packages: of npm and yarn (package.json), and of pnpm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.languages.nodejs import package_json

FILE = "pnpm-workspace.yaml"
_DEPENDENCIES = ("dependencies", "devDependencies", "optionalDependencies")
_LISTED = r"^packages:[ \t]*(?:#.*)?\n((?:[ \t]*(?:-.*|#.*)?\n)*)"
_ITEM = r"""^[ \t]*-[ \t]+(?:"([^"]*)"|'([^']*)'|([^\s#'"][^\n#]*?))[ \t]*(?:#.*)?$"""


def patterns(files: ContentFiles) -> tuple[str, ...]:
    """The patterns of folders that the top of a repository lists as its workspaces. Empty: it has none."""
    listed = (package_json(files) or {}).get("workspaces")
    listed = listed.get("packages") if isinstance(listed, dict) else listed
    found = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    for block in re.findall(_LISTED, f"{files.text(FILE)}\n", flags=re.MULTILINE):
        found += [next(filter(None, groups), "") for groups in re.findall(_ITEM, block, flags=re.MULTILINE)]
    return tuple(found)


def members(files: ContentFiles) -> tuple[str, ...]:
    """The folders of the workspaces."""
    wanted = patterns(files)
    folders = [each for each in files.folders("package.json") if each and "node_modules" not in each.split("/")]
    return tuple(each for each in folders if _listed(each, wanted))


def needed(files: ContentFiles, folder: str) -> tuple[str, ...]:
    """The folders of the workspaces that the package in a folder depends on, those without dependencies first."""
    packages = {each: _package(files, each) for each in (*members(files), folder)}
    named = {str(package.get("name")): each for each, package in packages.items()}
    found: dict[str, None] = {}
    _visit(folder, packages, named, found, {folder})
    return tuple(each for each in found if each != folder)


def _visit(
    folder: str,
    packages: Mapping[str, Mapping[str, object]],
    named: Mapping[str, str],
    found: dict[str, None],
    seen: set[str],
) -> None:
    """Add a folder after those that it depends on. Without recursion limits for cycles: each is visited once."""
    waiting: list[tuple[str, Iterable[str]]] = [(folder, iter(_links(packages[folder], named)))]
    while waiting:
        here, links = waiting[-1]
        following = next((each for each in links if each not in seen), None)
        if following is None:
            found[here] = None
            waiting.pop()
        else:
            seen.add(following)
            waiting.append((following, iter(_links(packages[following], named))))


def _links(package: Mapping[str, object], named: Mapping[str, str]) -> list[str]:
    names = [name for key in _DEPENDENCIES if isinstance(each := package.get(key), dict) for name in each]
    return [named[name] for name in sorted(set(names)) if name in named]


def _package(files: ContentFiles, folder: str) -> Mapping[str, object]:
    name = f"{folder}/package.json" if folder else "package.json"
    if not folder:
        return package_json(files) or {}
    return package_json(ContentFiles(("package.json",), lambda _: files.read(name), files.span)) or {}


def _listed(folder: str, wanted: Iterable[str]) -> bool:
    """Whether patterns list a folder. Later ones win, and ``!`` takes folders out."""
    found = False
    for pattern in wanted:
        parts = pattern.removeprefix("!").removeprefix("./").rstrip("/").split("/")
        if _matches(parts, folder.split("/")):
            found = not pattern.startswith("!")
    return found


def _matches(parts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a glob matches a path, part by part. ``**`` is any number of folders."""
    states = _after(parts, {0})
    for name in names:
        kept = {at for at in states if at < len(parts) and parts[at] == "**"}
        moved = {at + 1 for at in states - kept if at < len(parts) and fnmatchcase(name, parts[at])}
        states = _after(parts, kept | moved)
    return len(parts) in states


def _after(parts: Sequence[str], states: set[int]) -> set[int]:
    """The same states, and those after a ``**`` that matches no folder."""
    found = set(states)
    for at in range(len(parts)):
        if at in found and parts[at] == "**":
            found.add(at + 1)
    return found
