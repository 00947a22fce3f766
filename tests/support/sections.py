"""Expected lines of many cases in one file: a section for each, whose lines are indented below its name."""

from __future__ import annotations

import fcntl
from collections.abc import Sequence
from pathlib import Path

import pytest

from support.skips import in_ci


def sections(path: Path) -> dict[str, list[str]]:
    """The lines of each section."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith(" "):
            lines.append(line.strip())
        else:
            lines = found[line] = []
    return found


def compare(path: Path, name: str, lines: Sequence[str], known: Sequence[str], config: pytest.Config) -> None:
    """Compare lines with a section. With ``--regen``, write it, and remove sections that are not ``known`` any more."""
    shown = [" ".join(line.split()) for line in lines]
    expected = sections(path).get(name)
    if config.getoption("--regen") and expected != shown:
        if in_ci():
            pytest.fail(f"{path} is stale: run pytest --regen and commit what changes")
        with path.open("a+", encoding="utf-8") as lock:  # other processes write other sections
            fcntl.flock(lock, fcntl.LOCK_EX)
            kept = {each: found for each, found in sections(path).items() if each in known} | {name: shown}
            text = "".join(f"{each}\n" + "".join(f"  {line}\n" for line in kept[each]) for each in sorted(kept))
            path.write_text(text, encoding="utf-8")
        return
    assert shown == expected, f"{path} expects otherwise; if this is right, pytest --regen"
