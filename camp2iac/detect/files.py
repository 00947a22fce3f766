"""The files of a repository, read within bounds: anyone may have written them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache

from camp2iac.camp.package import Package
from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.demands import sources
from camp2iac.targets.programs.demands.sources import ValueSource

MOST_BYTES = 1_000_000  # of a file that is read
MOST_FILES = 400  # files in which a pattern is looked for
_MOST_VALUES = 2_000
_PLAN = Span("camp.yaml", 1, 1, 1, 1)
#: Folders that have no application of their own.
_ASIDE = re.compile(
    r"(^|/)(\..*|node_modules|vendor|third_party|tests?|spec|specs|fixtures|testdata|docs?|examples?|samples?|dist|build|"
    r"target|out|coverage|site-packages|venv|env|migrations|infra|environments|__pycache__)(/|$)"
)


_PACKAGES = re.compile(r"(?<=src/main/)(?:java|kotlin|scala|groovy)/")

#: Files in which code reads variables: sources and settings, without the lock files of package managers.
_CODE = re.compile(
    r"(?!.*(?:\block\.|-lock\.)).*\.(py|[cm]?[jt]sx?|rb|erb|ru|go|java|kts?|scala|groovy|php|phtml|properties|"
    r"ya?ml|toml|json|ini|cfg|conf|xml|prisma|rake|tmpl)"
)


def aside(path: str) -> bool:
    """Whether a path is in a folder for tests, documentation, builds or other people's code.

    The folders of packages in Java (``src/main/java/org/example``) have no such meaning.
    """
    return _ASIDE.search(_PACKAGES.split(path, maxsplit=1)[0]) is not None


class Folder(Record, frozen=True, dict=True):
    """A folder of a package. ``path``: of the folder, empty for the package itself. ``names``: its files, relative."""

    package: Package
    path: str
    names: tuple[str, ...]

    def __contains__(self, name: object) -> bool:
        return name in self._all

    @property
    def _all(self) -> frozenset[str]:
        return _set(self.names)

    def below(self, path: str) -> Folder:
        """A folder in this folder."""
        prefix = f"{path}/" if path else ""
        names = tuple(name.removeprefix(prefix) for name in self.names if name.startswith(prefix))
        return Folder(self.package, self.shown(path).rstrip("/"), names)

    def shown(self, name: str) -> str:
        """The path of a file, from the package's own folder."""
        return f"{self.path}/{name}" if self.path else name

    def data(self, name: str) -> bytes:
        """The bytes of a file; empty if it does not exist, cannot be read, or is too large."""
        try:
            place = self.shown(name)
            return self.package.read(place) if self.package.size(place) <= MOST_BYTES else b""
        except (KeyError, OSError):
            return b""

    def text(self, name: str) -> str:
        """A file as a string, with plain line ends; empty as for :meth:`data`."""
        text = self.data(name).decode("utf-8-sig", "replace")
        return text.replace("\r\n", "\n")

    def lines(self, name: str) -> str:
        """A file as a string, with the beginnings of its lines: on them, no regular expression takes long."""
        return sources.lines(self.text(name))

    def matching(self, pattern: str) -> list[str]:
        """The files that match a glob, those of the upper folders first. Globs with ``*`` skip other people's code."""
        if "*" not in pattern:
            return [pattern] if pattern in self else []
        found = [name for name in self.names if fnmatchcase(name, pattern) and not aside(name)]
        return sorted(found, key=lambda name: (name.count("/"), name))

    def search(self, pattern: str, expression: str) -> Iterator[tuple[str, re.Match[str]]]:
        """The files that match a glob and have a match of a regular expression, and the first match in each.

        The glob ``*`` means all code and settings.
        """
        compiled = re.compile(expression, re.MULTILINE)
        found = self.matching(pattern)
        found = [name for name in found if _CODE.fullmatch(name)] if pattern == "*" else found
        for name in found[:MOST_FILES]:
            match = compiled.search(self.lines(name))
            if match:
                yield name, match

    def json(self, name: str) -> object:
        """The value of a JSON file; None if it has none."""
        return sources.json_value(self.text(name))

    def toml(self, name: str) -> object:
        """The value of a TOML file; None if it has none."""
        return sources.toml_value(self.text(name))

    def values(self, reference: ValueSource) -> Iterator[tuple[str, str]]:
        """The strings that a rule refers to, with the files that have them. Keys of a mapping count as strings."""
        for name in self.top(reference.file):
            for value in self._in_file(name, reference)[:_MOST_VALUES]:
                yield name, value

    def top(self, pattern: str) -> list[str]:
        """The files that match a glob with as many folders as the glob has."""
        depth = pattern.count("/")
        return [name for name in self.names if name.count("/") == depth and fnmatchcase(name, pattern)]

    def _in_file(self, name: str, reference: ValueSource) -> list[str]:
        return sources.strings(reference, self.text(name))

    def content(self) -> ContentFiles:
        """The same, for the checks of :mod:`camp2iac.targets.programs`."""
        return ContentFiles(self.names, self.data, _PLAN, folder=True)


@lru_cache(maxsize=64)
def _set(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(names)
