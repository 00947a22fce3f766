"""Which parts of bytes repeat earlier ones: the first half of DEFLATE, as LZ77 with hash chains and lazy matches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

Token: TypeAlias = tuple[int, int]  # 0 and a byte, or a length and a distance
_WINDOW = 32_768  # the largest distance
_SHORTEST, _LONGEST = 3, 258
_NEAR = 4_096  # three bytes need fewer bits than a repeat of them that is further away
_TRIES = 256  # earlier places that are compared
_ENOUGH = 128  # a match of this length is taken without looking for a better one


def tokens(data: bytes) -> Iterator[Token]:
    """The bytes and repeats that ``data`` consists of."""
    places = _Places(data)
    at, length, distance = 0, *places.longest(0, 0)
    while at < len(data):
        if length < _SHORTEST:
            yield 0, data[at]
            at += 1
            length, distance = places.longest(at, 0)
            continue
        better, further = (0, 0) if length >= _ENOUGH else places.longest(at + 1, length)
        if better > length:
            yield 0, data[at]
            at, length, distance = at + 1, better, further
            continue
        yield length, distance
        at += length
        length, distance = places.longest(at, 0)


class _Places:
    """Where each three bytes are, up to a place that only grows."""

    def __init__(self, data: bytes) -> None:
        self._data, self._known = data, 0
        self._last: dict[bytes, int] = {}
        self._before: list[int] = []  # by place: the previous place of the same three bytes, or -1

    def longest(self, at: int, least: int) -> tuple[int, int]:
        """The longest repeat at a place, and its distance; (0, 0) if none is longer than ``least``, or worth it."""
        data, before = self._data, self._before
        self._know(at)
        place = self._last.get(data[at : at + _SHORTEST], -1)
        most = min(_LONGEST, len(data) - at)
        found, length = 0, max(least, _SHORTEST - 1)
        for _ in range(_TRIES):
            if place < 0 or at - place > _WINDOW or length >= most:
                break
            if data[place + length] == data[at + length] and data[place : place + length] == data[at : at + length]:
                length = _same(data, place, at, length + 1, most)
                found = at - place
            place = before[place]
        worth = length > _SHORTEST or found <= _NEAR
        return (length, found) if found and worth else (0, 0)

    def _know(self, at: int) -> None:
        """Remember the places before ``at``."""
        data, last, before = self._data, self._last, self._before
        for place in range(self._known, at):
            key = data[place : place + _SHORTEST]
            before.append(last.get(key, -1))
            last[key] = place
        self._known = max(self._known, at)


def _same(data: bytes, first: int, second: int, length: int, most: int) -> int:
    """How many bytes are the same at two places, at least ``length`` and at most ``most``."""
    while length < most and data[first + length] == data[second + length]:
        length += 1
    return length
