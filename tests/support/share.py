"""Expected output without copies: what several cases expect stands once, in `tests/shared/`, and the cases link to it.

A pytest plugin: ``--regen`` writes every output in full, and the end of the run shares anew. A shared file keeps its
name while its text changes: a reviewer sees one difference, not one for each case.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from support.plans import CASES

SHARED = CASES.parent / "shared"
#: Git does not follow links of these names.
NEVER = {".gitattributes", ".gitignore"}
#: What a file is: whether it is executable, and its bytes.
Text = tuple[bool, bytes]


def expected(cases: Path) -> Iterator[Path]:
    """Every file, or link to one, that a case expects."""
    for folder in sorted(cases.glob("*/*/expected")):
        yield from sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in NEVER)


def in_full(cases: Path) -> dict[Path, str]:
    """Put files in the place of the links; gives the name of what each was a link to."""
    were = {path: path.resolve().name for path in expected(cases) if path.is_symlink()}
    for path in were:
        _replace(path, _text(path))
    return were


def share(cases: Path, shared: Path, were: Mapping[Path, str]) -> None:
    """Make links of what two or more cases expect. ``were``: what was a link before it was written, and to what."""
    groups: dict[tuple[str, Text], list[Path]] = defaultdict(list)
    for path in expected(cases):
        groups[path.name, _text(path)].append(path)
    names = dict(were) | {path: path.resolve().name for path in expected(cases) if path.is_symlink()}
    taken: dict[str, Text] = {}
    for (name, text), paths in sorted(groups.items(), key=lambda group: (-len(group[1]), group[1])):
        if len(paths) == 1:
            if paths[0].is_symlink():
                _replace(paths[0], text)
            continue
        chosen = _name(name, [names[path] for path in paths if path in names], taken)
        taken[chosen] = text
        for path in paths:
            _link(path, shared / chosen)
    shared.mkdir(exist_ok=True)
    for path in shared.iterdir():
        if path.name not in taken:
            path.unlink()
    for name, text in taken.items():
        if not (shared / name).is_file() or _text(shared / name) != text:
            _write(shared / name, text)


def _name(name: str, before: list[str], taken: Mapping[str, Text]) -> str:
    """The name that most had before; else the file's own, with a number where others have it."""
    for known, _ in sorted(Counter(before).items(), key=lambda pair: (-pair[1], pair[0])):
        if known not in taken:
            return known
    stem, dot, suffix = name.rpartition(".")
    numbered = (f"{stem}-{number}.{suffix}" if stem and dot else f"{name}-{number}" for number in range(2, 1000))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _text(path: Path) -> Text:
    return bool(path.stat().st_mode & 0o100), path.read_bytes()


def _write(path: Path, text: Text) -> None:
    path.write_bytes(text[1])
    path.chmod(0o755 if text[0] else 0o644)


def _replace(path: Path, text: Text) -> None:
    path.unlink()
    _write(path, text)


def _link(path: Path, to: Path) -> None:
    leads = os.path.relpath(to, path.parent)
    if not (path.is_symlink() and str(path.readlink()) == leads):
        path.unlink()
        path.symlink_to(leads)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """After ``--regen``, once for all processes of the run."""
    config = session.config
    if config.getoption("--regen") and not hasattr(config, "workerinput"):
        share(CASES, SHARED, config.stash[_WERE])


def pytest_configure(config: pytest.Config) -> None:
    """Before any process of the run begins: what is written anew has to be files."""
    if config.getoption("--regen") and not hasattr(config, "workerinput"):
        config.stash[_WERE] = in_full(CASES)


_WERE = pytest.StashKey[Mapping[Path, str]]()
