"""The members of a ZIP archive, by its central directory.

The standard library's reader is not used, because hostile extra fields can make it very slow. This module reads the
directory once. Each entry's local header must match the directory, and entries must follow each other without shared
bytes or gaps. So all programs find the same files in an archive that is accepted, whether they read the directory or
read from the start.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator

from camp2iac.camp.members import BadArchiveError, Budget, Member, damaged
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record

_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_SIZES_FOLLOW = 0x8  # checksum and sizes follow the data
_STORED, _DEFLATED = 0, 8
_UNIX = 3
_UNICODE_PATH = 0x7075
_SPANNING = (b"PK00", b"PK\x07\x08")  # before the first entry of an archive that was split
_END = struct.Struct("<4s4H2LH")  # of the central directory
_END64_PLACE = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_IN_EXTRA = 0xFFFFFFFF


class ZipEntry(Record, frozen=True):
    """A member in the central directory. ``at``: where its local header begins."""

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
    for entry in found:
        if entry.flags & _ENCRYPTED:
            raise BadArchiveError(_encrypted(name, entry))
    _contiguous(data, found, name)
    for entry in found:
        yield _member(data, entry, budget)


def _contiguous(data: bytes, found: list[ZipEntry], name: str) -> None:
    """Check that the entries fill the archive up to its directory, one after the other. BadArchiveError if not."""
    ordered = sorted(found, key=lambda entry: entry.at)
    directory = _directory(data, name)[1]
    first = ordered[0].at if ordered else directory
    if first and not (first == 4 and data[:4] in _SPANNING):
        raise BadArchiveError(damaged(name, "it has data before its first entry"))
    for entry, following in zip(ordered, [*(entry.at for entry in ordered[1:]), directory], strict=False):
        begin, follow = _own_header(data, entry, name)
        end = begin + entry.packed
        if end > following:
            raise BadArchiveError(damaged(name, f"two entries share bytes, at {short(entry.name)}"))
        if data[end : min(following, end + 25)] not in (_descriptors(entry) if follow else (b"",)):
            raise BadArchiveError(damaged(name, f"it has data between its entries, after {short(entry.name)}"))


def _descriptors(entry: ZipEntry) -> tuple[bytes, ...]:
    """The data descriptors that can follow an entry whose local header does not have its size: 32 or 64 bits, with or
    without a signature."""
    wide = struct.pack("<L2Q", entry.crc, entry.packed, entry.size)
    if max(entry.packed, entry.size) > _IN_EXTRA:
        return wide, b"PK\x07\x08" + wide
    narrow = struct.pack("<3L", entry.crc, entry.packed, entry.size)
    return narrow, b"PK\x07\x08" + narrow, wide, b"PK\x07\x08" + wide


def entries(data: bytes, budget: Budget) -> list[ZipEntry]:
    """The central directory, in its order."""
    count, at, end, shift = _directory(data, budget.name)
    found: list[ZipEntry] = []
    while at < end:
        if end - at < _ENTRY.size or data[at : at + 4] != b"PK\x01\x02":
            raise BadArchiveError(damaged(budget.name))
        budget.entry()
        fields = _ENTRY.unpack_from(data, at)
        version, flags, method, crc, packed, size = fields[1], fields[3], fields[4], *fields[7:10]
        of_name, of_extra, of_comment, _, _, attributes, begins = fields[10:]
        at += _ENTRY.size
        raw = data[at : at + of_name]
        extra = data[at + of_name : at + of_name + of_extra]
        packed, size, begins = _wide(data, at + of_name, of_extra, (packed, size, begins), budget.name)
        at += of_name + of_extra + of_comment
        name = _path(raw, flags, version >> 8, extra, budget.name)
        budget.name_of(name)
        found.append(
            ZipEntry(name, raw, flags, method, crc, packed, size, version >> 8, attributes >> 16, begins + shift)
        )
    if at != end or len(found) != count:
        raise BadArchiveError(damaged(budget.name))
    return found


def _text(raw: bytes, flags: int, system: int) -> str:
    """A name or a link's target. Most programs write UTF-8, with its flag or (Info-ZIP on Unix) without. Other bytes
    are in the code page of DOS, or have an unknown encoding if they come from Unix."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8" if flags & _UTF8 or system == _UNIX else "cp437", "surrogateescape")


def _path(raw: bytes, flags: int, system: int, extra: bytes, name: str) -> str:
    """The path of an entry. If its name is not UTF-8, the Unicode path field counts. A field that renames a file is
    rejected, because some programs use it and others do not."""
    path, given = _text(raw, flags, system), _unicode_path(raw, extra)
    if given is None or given == path:
        return path
    if _is_utf8(raw):
        raise BadArchiveError(damaged(name, f"it has two names for one file, at {short(path)}"))
    return given


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unicode_path(raw: bytes, extra: bytes) -> str | None:
    """The path in Info-ZIP's Unicode path field, if the field belongs to this name."""
    if struct.pack("<H", _UNICODE_PATH) not in extra:  # skips any number of other fields quickly
        return None
    for kind, value in _extra(extra):
        if kind == _UNICODE_PATH and value[:5] == b"\x01" + struct.pack("<L", zlib.crc32(raw)):
            return value[5:].decode("utf-8", "surrogateescape")
    return None


def _extra(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """The extra fields, up to the first that is malformed."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        at += 4
        if at + size > len(extra):
            return
        yield kind, extra[at : at + size]
        at += size


def _end(data: bytes, name: str) -> int:
    """Where the end record begins. A comment of at most 64 KiB can follow. It must not contain the signature of an end
    record, because programs would disagree about which record counts."""
    least = max(0, len(data) - _END.size - 0xFFFF)
    last = at = data.rfind(b"PK\x05\x06", least)
    found: list[int] = []
    while at >= 0:
        if len(data) - at >= _END.size and at + _END.size + _END.unpack_from(data, at)[-1] == len(data):
            found.append(at)
        at = data.rfind(b"PK\x05\x06", least, at + 3)
    if not found:
        raise BadArchiveError(damaged(name))
    if len(found) > 1 or found[0] != last:
        raise BadArchiveError(damaged(name, "it has more than one end record"))
    return last


def _directory(data: bytes, name: str) -> tuple[int, int, int, int]:
    """The number of entries, where their directory begins and ends, and how many bytes precede the archive."""
    at = _end(data, name)
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
    """Sizes and position of an entry, from the ZIP64 extra field if they do not fit in 32 bits."""
    if _IN_EXTRA not in short_:
        return short_
    for kind, value in _extra(data[at : at + length]):
        if kind != 1:
            continue
        packed, whole, begins = short_
        wide = iter(struct.unpack_from(f"<{len(value) // 8}Q", value))
        try:  # in this order, only those that need 64 bits
            whole = next(wide) if whole == _IN_EXTRA else whole
            packed = next(wide) if packed == _IN_EXTRA else packed
            begins = next(wide) if begins == _IN_EXTRA else begins
        except StopIteration:
            break
        return packed, whole, begins
    raise BadArchiveError(damaged(name))


def _encrypted(name: str, entry: ZipEntry) -> Diagnostic:
    return Diagnostic(
        "CAMP136",
        f"{name} is encrypted, at {short(entry.name)}",
        help="pack it again without a password, and declare secrets in the plan (org.camp2iac:Secrets)",
    )


def _member(data: bytes, entry: ZipEntry, budget: Budget) -> Member:
    path = entry.name
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
        return Member(path, link=_text(found, entry.flags, entry.system))
    return Member(path, found, executable=bool(mode & stat.S_IXUSR))


def content(data: bytes, entry: ZipEntry, budget: Budget) -> bytes:
    """The bytes of a member; the size in its headers is checked, not trusted."""
    name = budget.name
    if entry.method not in (_STORED, _DEFLATED):
        what = f"{short(entry.name)} is compressed with a method that PDPs do not use"
        raise BadArchiveError(damaged(name, what))
    begin, _ = _own_header(data, entry, name)
    budget.take(entry.size, entry.name)
    packed = memoryview(data)[begin : begin + entry.packed]
    found = bytes(packed) if entry.method == _STORED else _inflated(packed, entry.size + 1, name)
    if len(found) != entry.size or zlib.crc32(found) != entry.crc:
        raise BadArchiveError(damaged(name))
    return found


def _own_header(data: bytes, entry: ZipEntry, name: str) -> tuple[int, bool]:
    """Where the data of an entry begins, and whether its size follows the data. The local header must match the
    directory."""
    if len(data) - entry.at < _LOCAL.size or data[entry.at : entry.at + 4] != b"PK\x03\x04":
        raise BadArchiveError(damaged(name))
    _, _, flags, method, _, _, crc, packed, size, of_name, of_extra = _LOCAL.unpack_from(data, entry.at)
    at = entry.at + _LOCAL.size
    begin = at + of_name + of_extra
    packed, size, _ = _wide(data, at + of_name, of_extra, (packed, size, 0), name)
    own = data[at : at + of_name]
    follow = bool(flags & _SIZES_FOLLOW)
    same = own == entry.raw and method == entry.method and begin + entry.packed <= len(data)
    same = same and (own.isascii() or not (flags ^ entry.flags) & _UTF8)
    for mine, theirs in ((crc, entry.crc), (packed, entry.packed), (size, entry.size)):
        same = same and (mine == theirs or (follow and mine == 0))
    same = same and _unicode_path(own, data[at + of_name : begin]) in (None, entry.name)
    if not same:
        raise BadArchiveError(damaged(name, f"a header contradicts the directory, at {short(entry.name)}"))
    return begin, follow


def one(data: bytes, path: str, most: int) -> bytes | None:
    """A member of a ZIP archive that is content itself, such as a JAR. None if it is not a ZIP archive, or has no such
    member of at most ``most`` bytes."""
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
