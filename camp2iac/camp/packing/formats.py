"""Write ZIP, TAR and gzipped TAR. The same files give the same bytes with every release of Python, on every system.

Nothing is compressed: zlib promises the same only of what it unpacks (docs/adr/0048-packages.md). The entries are in
the order of the files, and all have the same date.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence

from camp2iac.camp.members import BLOCK
from camp2iac.camp.packing.packed import PackedFile

KINDS = {".zip": "zip", ".tar": "tar", ".tgz": "gzip", ".tar.gz": "gzip"}  # by the ending of the archive's name
_DATE = 0x21  # 1 January 1980, the first day that ZIP has
_SECONDS = 315_532_800  # the same day, midnight UTC, in seconds since 1970
_UTF8, _UNIX, _VERSION = 0x800, 3, 20
_NAME, _PREFIX = 100, 155  # bytes in a header of TAR
_GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time, no system
_STORED = 0xFFFF  # bytes of a block


def archived(files: Sequence[PackedFile], kind: str) -> Iterator[bytes]:
    """An archive of the files, in pieces. ``kind``: one of the values of KINDS. OSError if a file changed."""
    if kind == "zip":
        return _zip(files)
    return _tar(files) if kind == "tar" else _gzip(_tar(files))


def _mode(file: PackedFile) -> int:
    return 0o755 if file.executable else 0o644


def _zip(files: Sequence[PackedFile]) -> Iterator[bytes]:
    directory, at = bytearray(), 0
    for file in files:
        name = _encoded(file.path)
        flags = 0 if name.isascii() else _UTF8
        shared = struct.pack("<5H3L2H", _VERSION, flags, 0, 0, _DATE, file.crc, file.size, file.size, len(name), 0)
        yield b"PK\x03\x04" + shared + name
        yield from file.chunks()
        made = struct.pack("<4sH", b"PK\x01\x02", _UNIX << 8 | _VERSION)
        directory += made + shared + struct.pack("<3H2L", 0, 0, 0, (stat.S_IFREG | _mode(file)) << 16, at) + name
        at += 4 + len(shared) + len(name) + file.size
    yield bytes(directory)
    yield struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(files), len(files), len(directory), at, 0)


def _tar(files: Sequence[PackedFile]) -> Iterator[bytes]:
    for file in files:
        name = _encoded(file.path)
        split = _split(name)
        if split is None:  # an extended header of POSIX (pax) has the path
            record = _record(b"path", name)
            yield _header((b"", b"PaxHeaders"), len(record), 0o644, b"x") + _filled(record)
            split = (b"", name[:_NAME] if name.isascii() else b"PaxPath")
        yield _header(split, file.size, _mode(file), b"0")
        yield from file.chunks()
        yield bytes(-file.size % BLOCK)
    yield bytes(2 * BLOCK)


def _split(name: bytes) -> tuple[bytes, bytes] | None:
    """The prefix and the name for a header; None if the path does not fit, or has letters that no header has."""
    if not name.isascii():
        return None
    if len(name) <= _NAME:
        return b"", name
    at = name.find(b"/", len(name) - _NAME - 1)
    return (name[:at], name[at + 1 :]) if 0 < at <= _PREFIX else None


def _record(key: bytes, value: bytes) -> bytes:
    """A record of an extended header, which begins with its own length."""
    rest = b" " + key + b"=" + value + b"\n"
    size = len(rest)
    while len(str(size)) + len(rest) != size:
        size = len(str(size)) + len(rest)
    return str(size).encode() + rest


def _header(path: tuple[bytes, bytes], size: int, mode: int, kind: bytes) -> bytes:
    prefix, name = path
    before = struct.pack("100s8s8s8s12s12s", name, b"%07o" % mode, b"%07o" % 0, b"%07o" % 0, b"%011o" % size, _TIME)
    after = struct.pack("1s100s6s2s32s32s8s8s155s12x", kind, b"", b"ustar", b"00", b"", b"", _NONE, _NONE, prefix)
    return before + b"%06o\0 " % (sum(before) + sum(after) + 8 * ord(" ")) + after


_TIME, _NONE = b"%011o" % _SECONDS, b"%07o" % 0


def _filled(data: bytes) -> bytes:
    return data + bytes(-len(data) % BLOCK)


def _gzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Gzip in blocks that are stored (RFC 1951, 3.2.4)."""
    waiting, size, crc = bytearray(), 0, 0
    yield _GZIP
    for piece in pieces:
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        waiting += piece
        at = 0
        while len(waiting) - at > _STORED:
            yield _block(waiting[at : at + _STORED], last=False)
            at += _STORED
        del waiting[:at]
    yield _block(waiting, last=True) + struct.pack("<2L", crc, size)


def _block(data: bytes | bytearray, *, last: bool) -> bytes:
    return struct.pack("<B2H", last, len(data), len(data) ^ 0xFFFF) + data


def _encoded(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
