"""Versions, ranges and amounts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camp2iac.catalogue.versions import Version, VersionRange
from camp2iac.topology import quantities


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("[9,11)", ["9", "9.6", "10", "10.99"], ["8.9", "11", "11.1"]),
        ("15", ["15", "15.3"], ["14", "16"]),
        ("3.9", ["3.9", "3.9.6"], ["3.10", "3.8"]),
        ("[3.9.6]", ["3.9.6"], ["3.9.7", "3.9.5"]),
        ("[9,)", ["9", "100"], ["8"]),
        ("(9,11]", ["10", "11"], ["9", "12"]),
        ("(,11]", ["1", "11"], ["12"]),
        ("[3.9,4)", ["3.9", "3.14"], ["3.8", "4", "2.7"]),
        ("8.4", ["8.4", "8"], ["8.0", "8.5"]),
        ("[7.2,)", ["7.2", "8.0", "7"], ["7.0"]),
        ("latest", ["1", "7.2", "100"], []),
    ],
)
def test_ranges(text, inside, outside):
    wanted = VersionRange.parse(text)
    assert wanted is not None
    assert [v for v in inside if Version(v) not in wanted] == []
    assert [v for v in outside if Version(v) in wanted] == []


@pytest.mark.parametrize("text", ["", "[", "[]", "newest", "[2,1]", "[1.,2)", "1,2", ">=15", "[2.7, 3,0)", "[a,b)"])
def test_no_ranges(text):
    assert VersionRange.parse(text) is None


def test_words():
    assert VersionRange.parse("[9.6,13)").words() == "9.6 or later, but before 13"
    assert VersionRange.parse("[3.9.6]").words() == "exactly 3.9.6"
    assert VersionRange.parse("(9,11]").words() == "later than 9, but 11 at most"
    assert VersionRange.parse("(9,)").words() == "later than 9"
    assert VersionRange.parse("(,11]").words() == "11 at most"


@given(st.lists(st.integers(0, 99), min_size=1, max_size=4), st.lists(st.integers(0, 99), min_size=1, max_size=4))
def test_order_is_that_of_numbers(a, b):
    x, y = (Version(".".join(map(str, numbers))) for numbers in (a, b))
    assert (x < y) + (y < x) + (x == y) == 1
    if x == y:
        assert hash(x) == hash(y)


@given(st.text(max_size=20))
def test_no_text_breaks_the_parsers(text):
    VersionRange.parse(text)
    quantities.parse(text)


@pytest.mark.parametrize(
    ("text", "mebibytes", "gibibytes"),
    [("2 GiB", 2048, 2), ("2 GB", 2048, 2), ("512MB", 512, 1), ("1.5 GiB", 1536, 2), ("1 TiB", 1048576, 1024)],
)
def test_amounts(text, mebibytes, gibibytes):
    assert quantities.mebibytes(text) == mebibytes
    assert quantities.gibibytes(text) == gibibytes
