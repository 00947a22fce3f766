"""The pattern language of gitignore(5), for folders outside a repository, or if git cannot list the files.

The time to match is proportional to the length of the pattern times that of the path, whatever the pattern.
:class:`Work` limits the total per package. Too many or too long patterns are reported, never ignored silently.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from camp2iac.record import Record, field, replace

LONGEST_PATTERN = 1_000
MOST_PATTERNS = 1_000  # of a file
MOST_RULES = 1_000_000  # bytes of a file
MOST_PATTERNS_ALL = 10_000  # of a package
MOST_WORK = 1_000_000_000  # the sum of lengths of patterns times paths; a few seconds


class Glob(Record, frozen=True):
    """A pattern for one name: the parts between its stars, each of a fixed length."""

    parts: tuple[re.Pattern[str], ...]
    last: int  # the length of what the last part matches
    texts: tuple[str, ...] | None = None  # the parts as strings, if each matches only one string

    def matches(self, name: str) -> bool:
        """Whether it matches the whole name."""
        if len(self.parts) == 1:
            return self.parts[0].fullmatch(name) is not None
        first = self.parts[0].match(name)
        end = len(name) - self.last
        if first is None or end < first.end() or not self.parts[-1].match(name, end):
            return False
        at = first.end()
        for part in self.parts[1:-1]:  # the leftmost match is sufficient
            found = part.search(name, at, end)
            if found is None:
                return False
            at = found.end()
        return True


class Pattern(Record, frozen=True):
    """One line: globs for the names of a path, None for ``**``; and what a match means."""

    names: tuple[Glob | None, ...]
    negated: bool
    folders: bool  # matches only folders
    text: str = ""  # as written, without ! and the slashes around it
    written: str = ""  # as written
    line: int = 0

    @property
    def weight(self) -> int:
        """The cost of matching it, per character of a path."""
        return (len(self.text) + 16) * (8 if None in self.names[1:] else 1)

    def matches(self, path: Sequence[str]) -> bool:
        """Whether it matches a path, given as its names."""
        reached = {0}  # how many names of the path the pattern so far can match
        for i, glob in enumerate(self.names):
            if glob is None:
                least = min(reached, default=len(path) + 1)
                # At the end, ** means everything inside; elsewhere, any number of folders.
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


class Work(Record):
    """The work so far, in characters of patterns times characters of paths."""

    done: int = 0
    bounded: bool = True

    @property
    def too_much(self) -> bool:
        """Whether the limit is exceeded, so that nothing more is matched."""
        return self.bounded and self.done > MOST_WORK


class _Sorted(Record):
    """Patterns, indexed to find out quickly that they do not match. Most patterns are one name with at most one star;
    most others begin with a name."""

    names: set[str] = field(default_factory=set)
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    rooted: dict[str, list[int]] = field(default_factory=dict)  # by the first name
    others: list[int] = field(default_factory=list)

    def add(self, number: int, pattern: Pattern) -> None:
        """Add a pattern."""
        first, *rest = pattern.names
        last = rest[0] if first is None and len(rest) == 1 else None
        if last is not None and last.texts is not None and len(last.texts) <= 2:
            if len(last.texts) == 1:
                self.names.add(last.texts[0])
            elif last.texts[0]:
                self.prefixes += (last.texts[0],)
            else:
                self.suffixes += (last.texts[1],)
        elif first is not None and first.texts is not None and len(first.texts) == 1:
            self.rooted.setdefault(first.texts[0], []).append(number)
        else:
            self.others.append(number)

    def candidates(self, names: Sequence[str]) -> Sequence[int] | None:
        """The patterns that can match a path, given as its names; None: all of them."""
        last = names[-1]
        if last in self.names or last.endswith(self.suffixes) or last.startswith(self.prefixes):
            return None
        rooted = self.rooted.get(names[0], ())
        return sorted((*rooted, *self.others)) if rooted else self.others


class Ignore(Record, frozen=True, dict=True):
    """The patterns of one ``.gitignore`` in ``folder`` (``""``: the root). ``excess``: which limit it exceeds.
    ``file``: the path of another file with the patterns.
    """

    folder: str
    patterns: tuple[Pattern, ...]
    excess: str = ""
    file: str = ""

    @cached_property
    def _sorted(self) -> _Sorted:
        found = _Sorted()
        for number, pattern in enumerate(self.patterns):
            found.add(number, pattern)
        return found

    def where(self, pattern: Pattern) -> str:
        """The file and line of a pattern: ``web/.gitignore:3``."""
        file = self.file or (f"{self.folder}/.gitignore" if self.folder else ".gitignore")
        return f"{file}:{pattern.line}"

    def decisive(self, path: str, is_folder: bool, work: Work) -> Pattern | None:
        """The pattern that excludes or includes a path: the last one that matches. None if no pattern matches it."""
        inner = path[len(self.folder) + 1 :] if self.folder else path
        names = inner.split("/")
        candidates = self._sorted.candidates(names)
        if candidates is None:
            candidates = range(len(self.patterns))
        work.done += 8 * len(self.patterns)
        for number in reversed(candidates):
            pattern = self.patterns[number]
            if pattern.folders and not is_folder:
                continue
            work.done += pattern.weight * (len(inner) + 16)
            if work.too_much:
                return None
            if pattern.matches(names):
                return pattern
        return None


def parse(data: bytes, folder: str, file: str = "") -> Ignore:
    """The patterns of a ``.gitignore``. Like git, lines that are not patterns match nothing. ``data``: its first
    MOST_RULES bytes, and one more if it is larger. ``file``: its path, if it is not a ``.gitignore`` in ``folder``."""
    found: list[Pattern] = []
    excess = f"it has more than {MOST_RULES:,} bytes" if len(data) > MOST_RULES else ""
    for number, line in enumerate(data[:MOST_RULES].decode("utf-8", "replace").split("\n"), 1):
        bare = re.sub(r"(?<!\\)[ \t]+\Z", "", line.rstrip("\r")[: LONGEST_PATTERN + 1])
        if not bare or bare.startswith("#"):
            continue
        if len(bare) > LONGEST_PATTERN:
            excess = excess or f"line {number} has more than {LONGEST_PATTERN:,} characters"
            continue
        pattern = _pattern(bare)
        if pattern is not None and len(found) == MOST_PATTERNS:
            excess = excess or f"it has more than {MOST_PATTERNS:,} patterns"
            break
        if pattern is not None:
            found.append(replace(pattern, written=bare, line=number))
    return Ignore(folder, tuple(found), excess, file)


def ignored(path: str, is_folder: bool, files: Sequence[Ignore], work: Work) -> bool:
    """Whether the ``.gitignore`` files above a path, given from the root down, exclude it."""
    return excluded_by(path, is_folder, files, work) is not None


def excluded_by(path: str, is_folder: bool, files: Sequence[Ignore], work: Work) -> tuple[Ignore, Pattern] | None:
    """The file and the pattern that exclude a path; None if it is not excluded."""
    for ignore in reversed(files):
        pattern = ignore.decisive(path, is_folder, work)
        if pattern is not None:
            return None if pattern.negated else (ignore, pattern)
    return None


def _pattern(line: str) -> Pattern | None:
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


_PIECE = r"\*+|\\.|\[[!^]?\]?[^\]]*\]|."


def _glob(name: str) -> Glob:
    parts, texts, length = [""], [""], 0
    literal = True
    for token in re.findall(_PIECE, name, flags=re.DOTALL):
        if token[0] == "*":
            parts.append("")
            texts.append("")
            length = 0
            continue
        length += 1
        if token == "?":  # noqa: S105
            parts[-1] += "."
            literal = False
        elif token[0] == "[" and len(token) > 2:
            inner = token[1:-1]
            negation = "^" if inner[0] in "!^" else ""
            inner = re.sub(r"([\\\[\]^&~|])", r"\\\1", inner[len(negation) :])
            parts[-1] += f"[{negation}{inner}]"
            literal = False
        else:
            text = token[1:] if token[0] == "\\" and len(token) > 1 else token
            parts[-1] += re.escape(text)
            texts[-1] += text
    try:
        return Glob(tuple(re.compile(part, re.DOTALL) for part in parts), length, tuple(texts) if literal else None)
    except re.error:  # such as [z-a], which matches nothing
        return Glob((re.compile("(?!)"),), 0)
