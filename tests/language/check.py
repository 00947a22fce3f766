"""What is wrong with a text: rules of our own word list, and those of proselint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.language.extract import JOINED, Prose, prose

ROOT = Path(__file__).parents[2]
WORDS = Path(__file__).with_name("words.yaml")
UNFINISHED = Path(__file__).with_name("unfinished.txt")

# Every text that is written for people. Suffixes without a way to extract prose are skipped, and so are applications.
TEXTS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/**/*.md",
    "camp2iac/**/*",
    "examples/*/infra/**/*",
    "tests/*/README.md",
    "tests/cases/**/expected/**/*",
    "tests/errors/*/expected.txt",
)
# Generated from other texts, which are checked where they are written.
NOT_TEXTS = (
    "docs/errors.md",
    "**/sample/**",
    "**/expected/*/build/**",
    "examples/*/infra/*/build/**",
    "**/.camp2iac.json",
)


class Finding(NamedTuple):
    """A phrase of a text that a rule forbids. ``line`` of the file; ``message``: what to write."""

    path: str
    line: int
    phrase: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.phrase}: {self.message}"


class Rule(NamedTuple):
    """``match`` finds a phrase; where ``fine`` matches around it, it is no finding."""

    match: re.Pattern[str]
    fine: re.Pattern[str] | None
    write: str


@lru_cache
def words() -> dict[str, Any]:
    """The word list as data."""
    loaded: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return loaded


@lru_cache
def rules() -> tuple[Rule, ...]:
    """The rules of the word list."""
    listed = [
        Rule(_pattern(row["match"]), _pattern(row["except"]) if "except" in row else None, f"write {row['write']}")
        for row in [*words()["things"], *words()["phrases"]]
        if "match" in row
    ]
    spelt = [
        Rule(_pattern([american]), _pattern([f"{american}="]), f"write {british}")  # the name of an attribute
        for american, british in words()["spelling"].items()
    ]
    return (*listed, *spelt)


def check(path: Path) -> Iterator[Finding]:
    """All findings of a file."""
    for text in prose(path):
        for line, phrase, message in judge(text):
            yield Finding(path.relative_to(ROOT).as_posix(), line, phrase, message)


def judge(text: Prose) -> Iterator[tuple[int, str, str]]:
    """All findings of a text: line, phrase, message."""
    for rule in rules():
        fine = [found.span() for found in rule.fine.finditer(text.text)] if rule.fine else []
        for found in rule.match.finditer(text.text):
            if not any(begin <= found.start() and found.end() <= end for begin, end in fine):
                yield _line(text, found.start()), found[0], rule.write
    if text.kind != "comment":
        yield from _proselint(text)


def unfinished() -> tuple[str, ...]:
    """Patterns of the files that have not been rewritten yet; ``*`` also matches ``/``. The list only gets shorter."""
    return tuple(line for line in UNFINISHED.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")


def texts() -> list[Path]:
    """Every file with texts."""
    found = {path for pattern in TEXTS for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not any(path.match(out) for out in NOT_TEXTS) and not _inside(path))


def is_unfinished(path: Path) -> bool:
    """Whether a pattern of the baseline matches the file."""
    name = path.relative_to(ROOT).as_posix()
    return any(fnmatchcase(name, entry) for entry in unfinished())


def _inside(path: Path) -> bool:
    """Whether it belongs to an application that is deployed."""
    parts = path.relative_to(ROOT).parts
    return "sample" in parts or "build" in parts or "__pycache__" in parts


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    joined = "|".join(phrase.replace(" ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


_LINE = re.compile(f"[\n{JOINED}]")


def _line(text: Prose, position: int) -> int:
    return text.line + len(_LINE.findall(text.text, 0, position))


@lru_cache
def _checks() -> tuple[Any, ...]:
    from proselint.checks import __register__
    from proselint.config import DEFAULT
    from proselint.registry import CheckRegistry

    registry = CheckRegistry()
    if not registry.checks:
        registry.register_many(__register__)
    useless = dict.fromkeys(words()["proselint"], False)
    wanted = {**useless, **{name: value for name, value in DEFAULT["checks"].items() if name not in useless}}
    return tuple(registry.get_all_enabled(wanted))


def _proselint(text: Prose) -> Iterator[tuple[int, str, str]]:
    content = f"\n{text.text}\n"
    for each in _checks():
        for result in each.check_with_flags(content):
            begin, end = result.span
            yield _line(text, max(begin - 1, 0)), content[begin:end].strip(), f"{result.message} ({result.check_path})"
