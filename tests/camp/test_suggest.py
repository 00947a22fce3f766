"""Suggestions for misspelt names."""

from __future__ import annotations

import pytest

from camp2iac.diagnostics.suggest import choices, distance, listed, nearest, short


@pytest.mark.parametrize(
    ("a", "b", "edits"),
    [("", "", 0), ("ab", "ba", 1), ("databse", "database", 1), ("kitten", "sitting", 3), ("a", "xyz", 3)],
)
def test_distance(a: str, b: str, edits: int) -> None:
    assert distance(a, b) == edits == distance(b, a)


@pytest.mark.parametrize(
    ("word", "names", "found"),
    [
        ("databse", ["database", "web"], "database"),
        ("databse", ["database", "databases"], "database"),
        ("databas", ["database", "databasa"], None),
        ("DB", ["db"], "db"),
        ("db", ["dc"], None),
        ("web", ["wen"], "wen"),
        ("web", ["worker"], None),
        ("web", [], None),
    ],
)
def test_nearest(word: str, names: list[str], found: str | None) -> None:
    assert nearest(word, names) == found == nearest(word, reversed(names))


def test_choices() -> None:
    assert choices("x", []) == ""
    assert choices("x", ["b", "a", "b"]) == "a and b"
    assert choices("web1", [f"web{n}" for n in range(9)] + ["queue"]) == "web0, web1, web2, web3, web4 and 5 more"
    assert listed(["a", "b", "c"], "or") == "a, b or c"


def test_short() -> None:
    assert short("a\x1b[31m\nb") == "a�[31m�b"
    assert short("x" * 100, 10) == "x" * 9 + "…"
