"""Extra headers of TAR archives: pax and GNU."""

from __future__ import annotations

import pytest

from camp2iac.camp import extended
from camp2iac.camp.extended import NO_NOTES, Extended, Notes
from camp2iac.camp.members import BadArchiveError


def pax(**records: str) -> bytes:
    lines = b""
    for key, value in records.items():
        body = f" {key.replace('__', '.')}={value}\n".encode()
        length = next(n for n in range(len(body), len(body) + 9) if n == len(body) + len(str(n)))
        lines += str(length).encode() + body
    return lines


def read(kind: bytes, data: bytes, notes: Notes = NO_NOTES) -> Notes:
    return Extended(lambda size: data[:size], "shop.tar").read(kind, len(data), notes)


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        (b"x", pax(path="web/a"), Notes("web/a", None, None, False)),
        (b"x", pax(path="a", linkpath="b", size="12"), Notes("a", "b", 12, False)),
        (b"x", pax(GNU__sparse__name="a"), Notes(None, None, None, True)),
        (b"x", pax(mtime="1"), NO_NOTES),
        (b"x", b"", NO_NOTES),
        (b"g", pax(comment="a commit"), NO_NOTES),
        (b"L", b"web/long\0rest", Notes("web/long", None, None, False)),
        (b"K", b"web/target\0", Notes(None, "web/target", None, False)),
    ],
)
def test_what_a_header_says(kind: bytes, data: bytes, found: Notes) -> None:
    assert read(kind, data) == found


def test_a_later_header_adds_to_the_first() -> None:
    first = read(b"x", pax(path="a", size="3"))
    assert read(b"x", pax(linkpath="b"), first) == Notes("a", "b", 3, False)
    assert read(b"x", pax(size="4"), first) == Notes("a", None, 4, False)
    assert read(b"L", b"a\0", first) == first


@pytest.mark.parametrize(
    ("kind", "data", "before"),
    [
        (b"L", b"b\0", Notes("a", None, None, False)),
        (b"K", b"b\0", Notes(None, "a", None, False)),
        (b"x", pax(path="b"), Notes("a", None, None, False)),
        (b"x", pax(linkpath="b"), Notes(None, "a", None, False)),
        (b"g", pax(path="a"), NO_NOTES),
        (b"g", pax(size="1"), NO_NOTES),
        (b"x", pax(size="-1"), NO_NOTES),
        (b"x", b"9 path=a\n"[:-1], NO_NOTES),
        (b"x", b"11 path=a\n", NO_NOTES),
        (b"x", b"8 path=a\n", NO_NOTES),
        (b"x", b"path=a\n", NO_NOTES),
        (b"x", b"5 ab\n", NO_NOTES),
    ],
)
def test_what_two_programs_could_read_differently(kind: bytes, data: bytes, before: Notes) -> None:
    with pytest.raises(BadArchiveError) as refused:
        read(kind, data, before)
    assert refused.value.diagnostic.code == "CAMP130"


def sizes(*each: int) -> None:
    headers = Extended(lambda size: b"a", "shop.tar")
    for size in each:
        headers.read(b"L", size, NO_NOTES)


def test_how_much_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extended, "MOST_HEADER", 10)
    monkeypatch.setattr(extended, "MOST_ALL", 25)
    monkeypatch.setattr(extended, "MOST_ENTRIES", 1)
    sizes(10, 10, 5)
    sizes(1, 1, 1, 1)
    for too_much in ((11,), (10, 10, 6), (1, 1, 1, 1, 1)):
        with pytest.raises(BadArchiveError) as refused:
            sizes(*too_much)
        assert refused.value.diagnostic.code == "CAMP135"


def test_how_many_records_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extended, "MOST_RECORDS", 2)
    read(b"x", pax(a="1", b="2"))
    with pytest.raises(BadArchiveError) as refused:
        read(b"x", pax(a="1", b="2", c="3"))
    assert refused.value.diagnostic.code == "CAMP135"
