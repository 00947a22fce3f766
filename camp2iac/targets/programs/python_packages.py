"""Which file of Python content names the packages to install: one rule on every platform.

If content has several, the first in this order counts. requirements.txt is the first because people write it for a
deployment, often from a lock file.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Collection, Iterator

from camp2iac.record import Record, replace

_ORDER = (
    ("requirements.txt", "pip"),
    ("uv.lock", "uv"),
    ("poetry.lock", "poetry"),
    ("Pipfile.lock", "pipenv"),
    ("pyproject.toml", "project"),
    ("setup.py", "project"),
)
_LOCK_ENTRY = r'^name = "([^"]+)"'
_PROJECT_ENTRY = r"""^[ \t]*([A-Za-z0-9][\w.-]*)[ \t]*=|["']([A-Za-z0-9][\w.-]*)[ \t]*(?:\[([\w., \t-]{0,200})\])?"""

_INCLUDED = r"\s*(?:-r|--requirement)[ =]*(\S+)"
_NAMED = r"\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?"
_CONSTRAINTS = r"(\s*(?:-c|--constraint)[ =]*)(\S+)(.*)"
_LOCAL = r"(\s*(?:(?:-e|--editable)[ =]*)?)(\.{1,2}(?:/[^\s\[]*)?)((?:\[|\s|$).*)"


class Installer(Record, frozen=True):
    """The program that installs the packages (pip, uv, poetry, pipenv, or project: pip for the project), and its file.

    Both are empty if the content has no such file.
    """

    tool: str = ""
    file: str = ""

    @property
    def locks(self) -> bool:
        """Whether the file is a lock file of another program than pip."""
        return self.tool in ("uv", "poetry", "pipenv")


def installer(names: Collection[str]) -> Installer:
    """The installer of content with these files."""
    return next((Installer(tool, file) for file, tool in _ORDER if file in names), Installer())


def plain(name: str) -> str:
    """A name in the form of PyPI."""
    return re.sub(r"[-_.]+", "-", name).lower()


def packages(found: Installer, read: Callable[[str], bytes]) -> Iterator[str]:
    """The names of the packages in a lock file or a project, in the form of PyPI.

    Of a project, these are all words that can be names.
    """
    text = read(found.file).decode("utf-8", "replace")
    if found.tool == "pipenv":
        try:
            given = json.loads(text)
        except (ValueError, RecursionError):
            return
        default = given.get("default") if isinstance(given, dict) else None
        yield from map(plain, default if isinstance(default, dict) else ())
    elif found.locks:
        yield from map(plain, re.findall(_LOCK_ENTRY, text, flags=re.MULTILINE))
    else:
        for key, name, extras in re.findall(_PROJECT_ENTRY, text, flags=re.MULTILINE):
            yield plain(key or name)
            yield from (plain(f"{name}-{extra.strip()}") for extra in extras.split(",") if extra.strip())


def requirements(at: str, names: Collection[str], read: Callable[[str], bytes]) -> str:
    """``requirements.txt`` in the folder ``at``, and what it includes, as one file for pip at the top of the content.

    pip runs in ``at`` on instances, so paths of packages start there. Paths of files start at the file that has them.
    """
    lines = _required(posixpath.join(at, "requirements.txt"), at, names, read, set())
    return "".join(f"{line}\n" for line in lines)


def _required(
    file: str, at: str, names: Collection[str], read: Callable[[str], bytes], seen: set[str]
) -> Iterator[str]:
    seen.add(file)
    for line in read(file).decode("utf-8-sig", "replace").splitlines():
        if found := re.match(_INCLUDED, line):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(file), found[1]))
            if path not in names:
                yield line
            elif path not in seen:
                yield from _required(path, at, names, read, seen)
        elif found := re.match(_CONSTRAINTS, line):
            path = (
                found[2] if "://" in found[2] else posixpath.normpath(posixpath.join(posixpath.dirname(file), found[2]))
            )
            yield f"{found[1]}{path}{found[3]}"
        elif found := re.match(_LOCAL, line):
            yield f"{found[1]}./{posixpath.normpath(posixpath.join(at, found[2]))}{found[3]}"
        else:
            yield line


def dependencies(found: Installer, at: str, names: Collection[str], read: Callable[[str], bytes]) -> Iterator[str]:
    """The distributions that an application in the folder ``at`` names, in the form of PyPI, with their extras."""
    if found.tool == "pip":
        for line in requirements(at, names, read).splitlines():
            if match := re.match(_NAMED, line):
                name = plain(match[1])
                yield name
                yield from (f"{name}-{extra.strip().lower()}" for extra in (match[2] or "").split(","))
    elif found.tool:
        yield from packages(replace(found, file=posixpath.join(at, found.file)), read)
