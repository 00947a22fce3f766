"""``.gitignore``: the pattern language of gitignore(5), for what lies in no repository and where git cannot be asked.

Matching takes time in proportion to pattern times path, whatever a stranger's pattern looks like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_PATTERN = 1_000
MOST_PATTERNS = 1_000


@dataclass(frozen=True, slots=True)
class Glob:
    """A pattern for one name: the parts between its stars, each of a fixed length."""

    parts: tuple[re.Pattern[str], ...]
    last: int  # the length of what the last part matches

    def matches(self, name: str) -> bool:
        """Whether it matches the whole name."""
        if len(self.parts) == 1:
            return self.parts[0].fullmatch(name) is not None
        first = self.parts[0].match(name)
        end = len(name) - self.last
        if first is None or end < first.end() or not self.parts[-1].match(name, end):
            return False
        at = first.end()
        for part in self.parts[1:-1]:  # the leftmost place is as good as any other
            found = part.search(name, at, end)
            if found is None:
                return False
            at = found.end()
        return True


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line: globs for the names of a path, None for ``**``; and what a match says."""

    names: tuple[Glob | None, ...]
    negated: bool
    folders: bool  # matches folders alone
    text: str = ""  # as written, without ! and slashes around it

    def matches(self, path: Sequence[str]) -> bool:
        """Whether it matches a path, given as its names."""
        reached = {0}  # how many names of the path the pattern so far may have taken
        for i, glob in enumerate(self.names):
            if glob is None:
                least = min(reached, default=len(path) + 1)
                # At the end ** stands for what is inside, elsewhere for any folders or none.
                reached = set(range(least + (i == len(self.names) - 1), len(path) + 1))
            else:
                reached = {at + 1 for at in reached if at < len(path) and glob.matches(path[at])}
        return len(path) in reached

    def reaches_into(self, folder: Sequence[str]) -> bool:
        """Whether it can match something inside a folder, given as its names."""
        reached = {0}
        for glob in self.names:
            if len(folder) in reached or (glob is None and reached):
                return True
            reached = {at + 1 for at in reached if at < len(folder) and glob is not None and glob.matches(folder[at])}
        return False


@dataclass(frozen=True, slots=True)
class Ignore:
    """The patterns of one ``.gitignore``; ``folder`` is where it lies (``""``: the root)."""

    folder: str
    patterns: tuple[Pattern, ...]

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Whether it leaves a path out; None when it does not speak of it. The last pattern that matches decides."""
        names = (path[len(self.folder) + 1 :] if self.folder else path).split("/")
        for pattern in reversed(self.patterns):
            if (is_folder or not pattern.folders) and pattern.matches(names):
                return not pattern.negated
        return None


def parse(text: str, folder: str) -> Ignore:
    """The patterns of a ``.gitignore``'s text; lines that are no pattern match nothing, as git has it."""
    read = (_pattern(line.rstrip("\r")) for line in text.split("\n")[:MOST_PATTERNS])
    return Ignore(folder, tuple(pattern for pattern in read if pattern is not None))


def ignored(path: str, is_folder: bool, files: Sequence[Ignore]) -> bool:
    """Whether a path is left out by the ``.gitignore`` files above it, given from the root down."""
    for ignore in reversed(files):
        verdict = ignore.verdict(path, is_folder)
        if verdict is not None:
            return verdict
    return False


def _pattern(line: str) -> Pattern | None:
    line = re.sub(r"(?<!\\)[ \t]+\Z", "", line[: LONGEST_PATTERN + 1])
    if not line or line.startswith("#") or len(line) > LONGEST_PATTERN:
        return None
    negated = line.startswith("!")
    line = line[1:] if negated else line
    folders = line.endswith("/")
    line = line.rstrip("/")
    if not line:
        return None
    names = line.removeprefix("/").split("/")
    if "/" not in line:
        names.insert(0, "**")
    text = line.removeprefix("/").removeprefix("**/")
    return Pattern(tuple(None if name == "**" else _glob(name) for name in names), negated, folders, text)


_TOKEN = re.compile(r"\*+|\\.|\[[!^]?\]?[^\]]*\]|.", re.DOTALL)


def _glob(name: str) -> Glob:
    parts, length = [""], 0
    for token in _TOKEN.findall(name):
        if token[0] == "*":
            parts.append("")
            length = 0
            continue
        length += 1
        if token == "?":  # noqa: S105
            parts[-1] += "."
        elif token[0] == "[" and len(token) > 2:
            inner = token[1:-1]
            negation = "^" if inner[0] in "!^" else ""
            inner = re.sub(r"([\\\[\]^&~|])", r"\\\1", inner[len(negation) :])
            parts[-1] += f"[{negation}{inner}]"
        else:
            parts[-1] += re.escape(token[1:] if token[0] == "\\" and len(token) > 1 else token)
    try:
        return Glob(tuple(re.compile(part, re.DOTALL) for part in parts), length)
    except re.error:  # such as [z-a]: matches nothing
        return Glob((re.compile("(?!)"),), 0)
