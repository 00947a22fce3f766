"""A gzip file of bytes. The same bytes give the same file with every release of Python, on every system.

zlib, bzip2 and xz promise that only of what they unpack: docs/adr/0039-packed-content.md. The format is that of RFC
1951 (DEFLATE) and RFC 1952 (gzip): repeated parts (``repeats.py``), and Huffman codes for what remains.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice

from camp2iac.targets.openstack.machine.delivery.repeats import Token, tokens

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # no name, no time, most compressed, no system
RATIO = 1032  # no DEFLATE stream unpacks to more times its size
_BLOCK = 16_384  # tokens that share their codes
_END = 256  # the symbol for the end of a block
_LITERALS, _DISTANCES, _LENGTHS = 286, 30, 19  # symbols: bytes and lengths, distances, lengths of codes
_LONGEST, _LONGEST_OF_LENGTHS = 15, 7  # bits of a code
_ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)
_LENGTH_BITS = (*[0] * 8, *(bits for bits in range(1, 6) for _ in range(4)), 0)
_DISTANCE_BITS = (0, 0, *(bits for bits in range(14) for _ in range(2)))


@lru_cache(maxsize=16)
def gzip(data: bytes, most: int) -> bytes | None:
    """A gzip file of ``data``, or None if it has more than ``most`` bytes. Then it stops early."""
    if len(data) > most * RATIO:
        return None
    out = _Bits(_HEADER)
    found = tokens(data)
    block = list(islice(found, _BLOCK))
    while True:
        after = list(islice(found, _BLOCK))
        _block(out, block, last=not after)
        if out.size > most:
            return None
        if not after:
            break
        block = after
    made = out.whole() + zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return made if len(made) <= most else None


class _Bits:
    """Bytes, to which bits are added, the lowest first."""

    def __init__(self, begin: bytes) -> None:
        self._data, self._bits, self._count = bytearray(begin), 0, 0

    def add(self, value: int, count: int) -> None:
        """``count`` bits of a number."""
        self._bits |= value << self._count
        self._count += count
        while self._count >= 8:
            self._data.append(self._bits & 0xFF)
            self._bits >>= 8
            self._count -= 8

    def whole(self) -> bytes:
        """All bytes. The last is filled with zeros."""
        return bytes(self._data) + (bytes([self._bits]) if self._count else b"")

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self._data)


def _base(first: int, bits: Sequence[int]) -> tuple[int, ...]:
    """The first value of each symbol, if a symbol has 2 to the power of ``bits`` values."""
    found = [first]
    for count in bits[:-1]:
        found.append(found[-1] + (1 << count))
    return tuple(found)


_LENGTH_BASE = (*_base(3, _LENGTH_BITS[:-1]), 258)
_DISTANCE_BASE = _base(1, _DISTANCE_BITS)
_LENGTH_SYMBOL = {
    length: max(symbol for symbol, base in enumerate(_LENGTH_BASE) if base <= length) for length in range(3, 259)
}


def _distance_symbol(distance: int) -> int:
    if distance < 5:
        return distance - 1
    bits = (distance - 1).bit_length() - 2
    return 2 * bits + 2 + ((distance - 1) >> bits & 1)


def _block(out: _Bits, block: Sequence[Token], *, last: bool) -> None:
    """A block with codes of its own (RFC 1951, 3.2.7)."""
    literals, distances = [0] * _LITERALS, [0] * _DISTANCES
    literals[_END] = 1
    for length, value in block:
        if length:
            literals[257 + _LENGTH_SYMBOL[length]] += 1
            distances[_distance_symbol(value)] += 1
        else:
            literals[value] += 1
    ours, theirs = code_lengths(literals, _LONGEST), code_lengths(distances, _LONGEST)
    out.add(int(last), 1)
    out.add(2, 2)
    _codes(out, ours, theirs)
    literal, distance = _numbered(ours), _numbered(theirs)
    for length, value in block:
        if not length:
            out.add(*literal[value])
            continue
        symbol = _LENGTH_SYMBOL[length]
        out.add(*literal[257 + symbol])
        out.add(length - _LENGTH_BASE[symbol], _LENGTH_BITS[symbol])
        symbol = _distance_symbol(value)
        out.add(*distance[symbol])
        out.add(value - _DISTANCE_BASE[symbol], _DISTANCE_BITS[symbol])
    out.add(*literal[_END])


def _codes(out: _Bits, literals: Sequence[int], distances: Sequence[int]) -> None:
    """The lengths of both codes, in a code of their own."""
    ours = max(257, *(symbol + 1 for symbol, length in enumerate(literals) if length))
    theirs = max(1, *(symbol + 1 for symbol, length in enumerate(distances) if length), 1)
    runs = list(_runs([*literals[:ours], *distances[:theirs]]))
    counts = [0] * _LENGTHS
    for symbol, _, _ in runs:
        counts[symbol] += 1
    lengths = code_lengths(counts, _LONGEST_OF_LENGTHS)
    shown = max(4, *(place + 1 for place, symbol in enumerate(_ORDER) if lengths[symbol]))
    out.add(ours - 257, 5)
    out.add(theirs - 1, 5)
    out.add(shown - 4, 4)
    for symbol in _ORDER[:shown]:
        out.add(lengths[symbol], 3)
    numbered = _numbered(lengths)
    for symbol, more, bits in runs:
        out.add(*numbered[symbol])
        out.add(more, bits)


def _runs(lengths: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """The lengths, and signs for repeated ones: the symbol, and a number of so many bits after it."""
    for length, group in groupby(lengths):
        count = sum(1 for _ in group)
        if length:
            yield length, 0, 0
            count -= 1
        while count >= 3:
            some = min(count, 6 if length else 138)
            yield (16, some - 3, 2) if length else (17, some - 3, 3) if some < 11 else (18, some - 11, 7)
            count -= some
        yield from [(length, 0, 0)] * count


def code_lengths(counts: Sequence[int], longest: int) -> tuple[int, ...]:
    """The length of the best code for each symbol, of at most ``longest`` bits. 0: the symbol does not occur.

    It is package-merge (Larmore and Hirschberg, 1990). Of equal weights, the lower symbol comes first.
    """
    used = sorted((count, symbol) for symbol, count in enumerate(counts) if count)
    lengths = [0] * len(counts)
    if len(used) == 1:
        lengths[used[0][1]] = 1
    if len(used) < 2:
        return tuple(lengths)
    single = [(count, (symbol,)) for count, symbol in used]
    packages: list[tuple[int, tuple[int, ...]]] = []
    for _ in range(longest):
        both = sorted([*single, *packages])
        packages = [(a[0] + b[0], a[1] + b[1]) for a, b in zip(both[::2], both[1::2], strict=False)]
    for _, symbols in packages[: len(used) - 1]:
        for symbol in symbols:
            lengths[symbol] += 1
    return tuple(lengths)


def _numbered(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """The canonical codes of these lengths (RFC 1951, 3.2.2), their bits reversed, and their lengths."""
    found, code, before = [(0, 0)] * len(lengths), 0, 0
    for length, symbol in sorted((length, symbol) for symbol, length in enumerate(lengths) if length):
        code <<= length - before
        found[symbol] = int(f"{code:0{length}b}"[::-1], 2), length
        code, before = code + 1, length
    return found
