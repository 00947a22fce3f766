"""What folders and archives have in common: which of their files are the content of an artifact.

Content is what a person would put into a repository. Of a named folder (``href: web/``): all but version control's own
folders, what ``.gitignore`` names and what camp2iac wrote. Of the package itself (``href: pdp:!``) dot files, the plan,
its manifest and certificate, and environment files stay behind, too.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterator

from camp2iac.camp.ignore import Ignore, ignored, parse

PLAN = "camp.yaml"
OUR_OUTPUT = ".camp2iac.json"
_VERSION_CONTROL = frozenset((".git", ".hg", ".svn", ".bzr", "CVS"))
_PACKAGING = frozenset((PLAN, "camp.mf", "camp.cert"))
_DEEPEST = 64


def unreadable(name: str) -> bool:
    """Whether a name has characters that no text can hold safely: controls, line ends, bytes that are no UTF-8."""
    return not name.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in name)


def _escaped(path: str) -> str:
    return re.sub(r"[\\.+*?()|\[\]{}^$]", r"\\\g<0>", path)


class Tree(ABC):
    """A package; see :class:`camp2iac.camp.package.Package`. ``leave_out``: paths that are never content."""

    def __init__(self, name: str, folder: str | None, leave_out: frozenset[str] = frozenset()) -> None:
        self._name, self._folder, self._leave_out = name, folder, leave_out
        self._files: dict[str, tuple[str, ...]] = {}
        self._digests: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The name to show."""
        return self._name

    @property
    def folder(self) -> str | None:
        """The absolute path of the folder that the files really lie in; None for archives and standard input."""
        return self._folder

    @abstractmethod
    def children(self, folder: str) -> list[tuple[str, bool | None]]:
        """The names in a folder, and whether each is a folder; None for what can be no content (devices, bad links)."""

    def refuse(self, path: str) -> None:  # noqa: B027 (archives have nothing to refuse any more)
        """Called for what can be no content where content was asked for."""

    @abstractmethod
    def is_file(self, path: str) -> bool:
        """Whether a file has that path."""

    @abstractmethod
    def is_folder(self, path: str) -> bool:
        """Whether a folder has that path."""

    @abstractmethod
    def read(self, path: str) -> bytes:
        """A file's bytes. ``KeyError`` when no file has that path."""

    @abstractmethod
    def is_executable(self, path: str) -> bool:
        """Whether its owner may execute it."""

    def sha256(self, path: str) -> str:
        """The SHA-256 of a file, in hexadecimal digits."""
        if path not in self._digests:
            self._digests[path] = hashlib.sha256(self.read(path)).hexdigest()
        return self._digests[path]

    def files(self, under: str = "") -> tuple[str, ...]:
        """The files of the content ``under`` (a folder's path; ``""``: the package itself), sorted."""
        if under not in self._files:
            self._files[under] = tuple(sorted(self._walk(under, self._rules_above(under), not under, 0)))
        return self._files[under]

    def stays(self) -> tuple[str, ...]:
        """Regular expressions (RE2) of what of the package is no content, but for ``.gitignore`` and our output."""
        paths = sorted(_escaped(path) for path in self._leave_out | _PACKAGING)
        folders = "|".join(sorted(_VERSION_CONTROL - {name for name in _VERSION_CONTROL if name.startswith(".")}))
        return (r"(^|/)\.", rf"(^|/)({folders})/", r"^environments/.*\.ya?ml$", f"^({'|'.join(paths)})(/|$)")

    def _rules_above(self, under: str) -> tuple[Ignore, ...]:
        """The ``.gitignore`` files above a folder; none of them when they leave out the folder, which was named."""
        rules: tuple[Ignore, ...] = ()
        parts = under.split("/") if under else []
        for depth, _ in enumerate(parts):
            rules = (*rules, *self._rules("/".join(parts[:depth])))
            if ignored("/".join(parts[: depth + 1]), True, rules):
                return ()
        return rules

    def _rules(self, folder: str) -> tuple[Ignore, ...]:
        path = f"{folder}/.gitignore" if folder else ".gitignore"
        if not self.is_file(path):
            return ()
        return (parse(self.read(path)[:1_000_000].decode("utf-8", "replace"), folder),)

    def _walk(self, folder: str, rules: tuple[Ignore, ...], whole: bool, depth: int) -> Iterator[str]:
        children = self.children(folder)
        if depth > _DEEPEST or (OUR_OUTPUT, False) in children:
            return
        rules = (*rules, *self._rules(folder))
        for name, is_folder in children:
            path = f"{folder}/{name}" if folder else name
            if path in self._leave_out or name in _VERSION_CONTROL or (whole and self._stays(path, name)):
                continue
            if ignored(path, bool(is_folder), rules):
                continue
            if is_folder is None:
                self.refuse(path)
            elif is_folder:
                yield from self._walk(path, rules, whole, depth + 1)
            else:
                yield path

    def _stays(self, path: str, name: str) -> bool:
        """What of the package itself is no content."""
        environment = path.startswith("environments/") and name.endswith((".yaml", ".yml"))
        return name.startswith(".") or path in _PACKAGING or environment
