"""The members of a ZIP archive, by its central directory.

The standard library's reader is not used: what it does with a stranger's extra fields takes time out of all proportion.
Here the directory is walked once, each entry's own header has to say the same as the directory, and no two entries may
share bytes, so that every reader finds the same files in an archive that is accepted.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from camp2iac.camp.members import BadArchiveError, Budget, Member, damaged
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short

_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8
_UNIX = 3
_END = struct.Struct("<4s4H2LH")  # of the central directory
_END64_PLACE = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_IN_EXTRA = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Entry:
    """What the central directory says of a member. ``at``: where its own header begins."""

    name: str
    raw: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    system: int
    mode: int
    at: int


def members(data: bytes, name: str) -> Iterator[Member]:
    """The members of a ZIP archive, one by one. BadArchiveError (CAMP130, CAMP135, CAMP136) ends it."""
    budget = Budget(name, len(data))
    found = entries(data, budget)
    taken = 0
    for entry in sorted(found, key=lambda entry: entry.at):
        if entry.at < taken:
            raise BadArchiveError(damaged(name, f"entries share their bytes, at {short(entry.name)}"))
        taken = entry.at + _LOCAL.size + entry.packed
    for entry in found:
        yield _member(data, entry, budget)


def entries(data: bytes, budget: Budget) -> list[Entry]:
    """The central directory, in its order."""
    count, at, end, shift = _directory(data, budget.name)
    found: list[Entry] = []
    while at < end:
        if end - at < _ENTRY.size or data[at : at + 4] != b"PK\x01\x02":
            raise BadArchiveError(damaged(budget.name))
        budget.entry()
        fields = _ENTRY.unpack_from(data, at)
        version, flags, method, crc, packed, size = fields[1], fields[3], fields[4], *fields[7:10]
        of_name, of_extra, of_comment, _, _, attributes, begins = fields[10:]
        at += _ENTRY.size
        raw = data[at : at + of_name]
        packed, size, begins = _wide(data, at + of_name, of_extra, (packed, size, begins), budget.name)
        at += of_name + of_extra + of_comment
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "surrogateescape")
        budget.name_of(name)
        found.append(Entry(name, raw, flags, method, crc, packed, size, version >> 8, attributes >> 16, begins + shift))
    if at != end or len(found) != count:
        raise BadArchiveError(damaged(budget.name))
    return found


def _directory(data: bytes, name: str) -> tuple[int, int, int, int]:
    """How many entries there are, where their directory begins and ends, and what stands before the archive."""
    # A comment may follow, of 64 KiB at most.
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - 0xFFFF))
    while at >= 0:
        if len(data) - at >= _END.size and at + _END.size + _END.unpack_from(data, at)[-1] == len(data):
            break
        at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - 0xFFFF), at + 3)
    if at < 0:
        raise BadArchiveError(damaged(name))
    _, disk, _, _, count, size, offset, _ = _END.unpack_from(data, at)
    end = at
    place = at - _END64_PLACE.size
    if (count == 0xFFFF or _IN_EXTRA in (size, offset)) and place >= 0 and data[place : place + 4] == b"PK\x06\x07":
        end = place - _END64.size
        if end < 0 or data[end : end + 4] != b"PK\x06\x06":
            raise BadArchiveError(damaged(name))
        count, size, offset = _END64.unpack_from(data, end)[7:10]
    begin = end - size
    if disk or begin < 0 or offset > begin:
        raise BadArchiveError(damaged(name))
    return count, begin, end, begin - offset


def _wide(data: bytes, at: int, length: int, short_: tuple[int, int, int], name: str) -> tuple[int, int, int]:
    """Sizes and place of an entry, where 32 bits did not do for them from the extra field."""
    if _IN_EXTRA not in short_:
        return short_
    end = min(at + length, len(data))
    while at + 4 <= end:
        kind, size = struct.unpack_from("<2H", data, at)
        at += 4
        if kind == 1 and at + size <= end:
            packed, whole, begins = short_
            wide = iter(struct.unpack_from(f"<{size // 8}Q", data, at))
            try:  # in this order, those alone that need it
                whole = next(wide) if whole == _IN_EXTRA else whole
                packed = next(wide) if packed == _IN_EXTRA else packed
                begins = next(wide) if begins == _IN_EXTRA else begins
            except StopIteration:
                break
            return packed, whole, begins
        at += size
    raise BadArchiveError(damaged(name))


def _member(data: bytes, entry: Entry, budget: Budget) -> Member:
    path = entry.name
    if entry.flags & _ENCRYPTED:
        raise BadArchiveError(
            Diagnostic(
                "CAMP136",
                f"{budget.name} is encrypted, at {short(path)}",
                help="pack it again without a password; secrets belong in no package",
            )
        )
    mode = entry.mode if entry.system == _UNIX else 0
    kind = stat.S_IFMT(mode)
    if path.endswith("/") or kind == stat.S_IFDIR:
        return Member(path, is_folder=True)
    if kind not in (0, stat.S_IFREG, stat.S_IFLNK):
        return Member(path, special="a device, pipe or socket")
    if mode & (stat.S_ISUID | stat.S_ISGID):
        return Member(path, special="a file that runs with another user's rights (setuid or setgid)")
    found = content(data, entry, budget)
    if kind == stat.S_IFLNK:
        return Member(path, link=found.decode("utf-8", "replace"))
    return Member(path, found, executable=bool(mode & stat.S_IXUSR))


def content(data: bytes, entry: Entry, budget: Budget) -> bytes:
    """The bytes of a member, whatever its headers say of their number."""
    name = budget.name
    if entry.method not in (_STORED, _DEFLATED):
        what = f"{short(entry.name)} is compressed in a way that PDPs do not use"
        raise BadArchiveError(damaged(name, what))
    if len(data) - entry.at < _LOCAL.size or data[entry.at : entry.at + 4] != b"PK\x03\x04":
        raise BadArchiveError(damaged(name))
    local = _LOCAL.unpack_from(data, entry.at)
    begin = entry.at + _LOCAL.size + local[9] + local[10]
    own = data[entry.at + _LOCAL.size : entry.at + _LOCAL.size + local[9]]
    if own != entry.raw or local[3] != entry.method or begin + entry.packed > len(data):
        raise BadArchiveError(damaged(name, f"its headers contradict its directory, at {short(entry.name)}"))
    budget.take(entry.size, entry.name)
    packed = memoryview(data)[begin : begin + entry.packed]
    found = bytes(packed) if entry.method == _STORED else _inflated(packed, entry.size + 1, name)
    if len(found) != entry.size or zlib.crc32(found) != entry.crc:
        raise BadArchiveError(damaged(name))
    return found


def one(data: bytes, path: str, most: int) -> bytes | None:
    """A member of a ZIP archive that is content itself, such as a JAR; None where it is none or has no such member of
    at most that many bytes."""
    budget = Budget(path, len(data), most_entries=len(data), most_names=len(data))
    try:
        found = [entry for entry in entries(data, budget) if entry.name == path and entry.size <= most]
        return content(data, found[-1], budget)[:most] if found else None
    except BadArchiveError:
        return None


def _inflated(packed: memoryview, most: int, name: str) -> bytes:
    stream = zlib.decompressobj(wbits=-15)
    try:
        found = stream.decompress(packed, most)
    except zlib.error as error:
        raise BadArchiveError(damaged(name)) from error
    if len(found) < most and not stream.eof:
        raise BadArchiveError(damaged(name))
    return found
