"""The limits that docs/reading.md promises: what just fits is read, and one more is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from camp2iac.camp import archive, extended, folder_faults, gzip, ignore, integrity, members, scalars, text, yaml
from camp2iac.camp.members import BadArchiveError, Budget
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics

MIB = 2**20
LIMITS = {
    "a plan, an environment file": (
        (text.MOST_BYTES, 4 * MIB),
        (yaml.MOST_NODES, 400_000),
        (yaml.DEEPEST, 64),
        (yaml.MOST_ALIASED, 200_000),
    ),
    "an archive |": (
        (members.MOST_BYTES, 256 * MIB),
        (members.MOST_ENTRIES, 20_000),
        (members.MOST_FILE_BYTES, 128 * MIB),
        (members.MOST_RATIO, 200),
        (members.RATIO_FROM, 4 * MIB),
    ),
    "a path in an archive": (
        (archive.DEEPEST, 64),
        (archive.LONGEST_NAME, 255),
        (members.MOST_NAMES, 4 * MIB),
        (archive.MOST_PLACES, 100_000),
    ),
    "extra headers": (
        (extended.MOST_HEADER, 256 * 1024),
        (extended.MOST_ALL, 16 * MIB),
        (extended.MOST_RECORDS, 200_000),
        (gzip.MOST_MEMBERS, 10_000),
    ),
    "a plan's folder": ((folder_faults.MOST_FILES, 100_000),),
    "a `.gitignore`": (
        (ignore.MOST_RULES, 1_000_000),
        (ignore.MOST_PATTERNS, 1_000),
        (ignore.LONGEST_PATTERN, 1_000),
        (ignore.MOST_PATTERNS_ALL, 10_000),
        (ignore.MOST_WORK, 1_000_000_000),
    ),
    "`camp.mf`": ((integrity.MOST_BYTES, 8 * MIB), (integrity.MOST_LINES, 50_000), (integrity.LONGEST, 1_000_000)),
}
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", LIMITS)
def test_the_limits_are_those_of_the_docs(row: str) -> None:
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| {row}")]
    written = line.replace(",", "")
    for limit, value in LIMITS[row]:
        assert limit == value
        forms = [str(value), f"{value // 1024} KiB", f"{value // MIB} MiB", f"{value // 10**6} MB"]
        exact = [forms[0], *(form for form, unit in zip(forms[1:], (1024, MIB, 10**6)) if value % unit == 0)]  # noqa: B905
        assert any(re.search(rf"\b{form}\b", written) for form in exact), f"{row}: {value}"


def budget(size: int = 10**9, **options: int) -> Budget:
    return Budget("shop.zip", size, **options)


def entries(count: int) -> None:
    found = budget(most_entries=3)
    for _ in range(count):
        found.entry()


def names(length: int) -> None:
    found = budget(most_names=10)
    found.name_of("abcde")
    found.name_of("x" * (length - 5))


def taken(size: int) -> None:
    budget().take(size, "web/app")


def unpacked(mebibytes: int) -> None:
    found = budget(size=0)
    for _ in range(mebibytes):
        found.take(MIB, "web/app")


@pytest.mark.parametrize(
    ("use", "most"),
    [(entries, 3), (names, 10), (taken, members.MOST_FILE_BYTES), (unpacked, 4)],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_what_just_fits_an_archive(use: Callable[[int], None], most: int) -> None:
    use(most)
    with pytest.raises(BadArchiveError) as refused:
        use(most + 1)
    assert refused.value.diagnostic.code == "CAMP135"


@pytest.mark.parametrize(
    ("size", "whole", "left"),
    [
        (0, 4 * MIB, 4 * MIB),
        (MIB // 10, 104_857 * 200, 104_857 * 200),
        (10**9, 256 * MIB, 128 * MIB),
    ],
)
def test_what_an_archive_of_a_size_may_have(size: int, whole: int, left: int) -> None:
    found = budget(size)
    assert (found.whole(), found.left()) == (whole, left)
    found.take(left, "web/app")
    assert found.left() == min(left, whole - left)


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


def test_how_deep_a_plan_may_be() -> None:
    def found(levels: int) -> list[str]:
        diagnostics = Diagnostics()
        parse(nested(levels), "camp.yaml", diagnostics)
        return [each.code for each in diagnostics.items]

    assert found(yaml.DEEPEST) == []
    assert found(yaml.DEEPEST + 1) == ["CAMP107"]


def test_how_long_a_number_may_be() -> None:
    longest = scalars.LONGEST_NUMBER
    assert longest == 100
    assert scalars.resolve("1" * longest) == int("1" * longest)
    assert scalars.resolve("1" * (longest + 1)) == "1" * (longest + 1)
