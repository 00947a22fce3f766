"""The limits of ``.gitignore``: no pattern is ignored silently, and the time to match is limited."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camp2iac.camp import ignore
from camp2iac.camp.ignore import Pattern, Work, parse
from camp2iac.camp.tree import Tree
from tests.camp.build import FILES, laid_out, reading, tgz, zipped

JUNK = {"web/junk.txt": b"x"}


def rules(text: str, where: str = "web/.gitignore") -> dict[str, bytes]:
    return FILES | JUNK | {where: text.encode()}


def test_comments_are_no_patterns() -> None:
    source, codes = reading(zipped(rules("# c\n\n" * 5_000 + "junk.txt\n")), "shop.zip")
    assert codes == []
    assert source is not None
    assert source.package.files("web") == ("web/app.py",)


@pytest.mark.parametrize("where", [".gitignore", "web/.gitignore"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("".join(f"{number}.x\n" for number in range(999)) + "junk.txt\n", []),
        ("".join(f"{number}.x\n" for number in range(1_000)) + "junk.txt\n", ["CAMP135"]),
        ("#" * 999_990 + "\njunk.txt", []),
        ("#" * 999_999 + "\njunk.txt\n", ["CAMP135"]),
        ("x" * 1_001 + "\njunk.txt\n", ["CAMP135"]),
        ("#" + "x" * 2_000 + "\njunk.txt\n", []),
    ],
    ids=range(6),
)
def test_what_is_beyond_a_bound_is_told(text: str, code: list[str], where: str, tmp_path: Path) -> None:
    for source in (zipped(rules(text, where)), laid_out(tmp_path, rules(text, where)), tmp_path / "camp.yaml"):
        found, codes = reading(source)
        assert codes == code
        assert found is not None
        if not code:
            assert found.package.files("web") == ("web/app.py",)


def test_rules_beyond_a_bound_could_exclude_anything(tmp_path: Path) -> None:
    found, _ = reading(laid_out(tmp_path, rules("x" * 1_001 + "\n")))
    assert found is not None
    assert isinstance(found.package, Tree)
    assert found.package.ruled("web")


def test_few_of_many_are_told_of() -> None:
    files = {f"web/{n}/{name}": b"x" * 1_001 for n in range(50) for name in (".gitignore", "x")}
    assert reading(zipped(FILES | files))[1] == ["CAMP135"] * 5


def test_all_files_together() -> None:
    lines = "".join(f"{number}.x\n" for number in range(600)).encode()
    assert reading(zipped(FILES | {f"web/{n}/.gitignore": lines for n in range(16)}))[1] == []
    beyond = FILES | {f"web/{n}/{name}": lines for n in range(17) for name in (".gitignore", "x")}
    assert reading(zipped(beyond))[1] == ["CAMP135"]


@pytest.mark.parametrize("line", ["*a*b*c{}d*", "**/a{}/**/b/**", "x{}/../**/d", "[a-z]?{}*"])
def test_the_work_is_bounded(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small archive with many patterns and many paths, where each pattern is tried on each path."""
    files: dict[str, bytes] = {}
    folder = "web"
    for level in range(9):
        files[f"{folder}/.gitignore"] = "".join(f"{line.format(n)}\n" for n in range(1_000)).encode()
        folder += f"/d{level}"
    files |= {f"{folder}/{'abc' * 20}{number}": b"" for number in range(5_000)}
    calls = 0
    matches = Pattern.matches

    def counted(self: Pattern, path: list[str]) -> bool:
        nonlocal calls
        calls += 1
        return matches(self, path)

    monkeypatch.setattr(Pattern, "matches", counted)
    monkeypatch.setattr(ignore, "MOST_WORK", 20_000_000)
    data = tgz(FILES | files)
    assert reading(data, "shop.tgz")[1] == ["CAMP135"]
    assert calls < 20_000_000 / 16 / 16


def test_content_is_the_same_after_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    source, codes = reading(zipped(rules("*j*u*n*k*\n")))
    assert codes == []
    assert source is not None
    monkeypatch.setattr(ignore, "MOST_WORK", 0)
    assert not source.package.travels("web/junk.txt")
    assert source.package.files() == ("web/app.py",)


def test_what_is_common_costs_little() -> None:
    """The usual rules of a repository, and as many files as an archive can have."""
    usual = [
        "__pycache__/",
        "*.pyc",
        "/build/",
        "docs/_build/",
        ".env",
        "*~",
        "npm-debug.log*",
        "!keep.txt",
        "*.egg-info/",
    ]
    text = "".join(f"{each}\n" for each in usual * 20).encode()
    names = {f"web/package{number % 100}/module{number}.py": b"" for number in range(19_000)}
    assert reading(zipped(FILES | names | {".gitignore": text}))[1] == []


TEXT = st.text("ab*?[]!/.\\", max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(TEXT, max_size=8), st.lists(st.text("ab.", min_size=1, max_size=4), min_size=1, max_size=4), st.booleans()
)
def test_the_look_up_finds_what_trying_all_finds(lines: list[str], names: list[str], is_folder: bool) -> None:
    found = parse("\n".join(lines).encode(), "")
    slow = next(
        (
            not pattern.negated
            for pattern in reversed(found.patterns)
            if (is_folder or not pattern.folders) and pattern.matches(names)
        ),
        None,
    )
    decisive = found.decisive("/".join(names), is_folder, Work())
    assert (None if decisive is None else not decisive.negated) is slow
