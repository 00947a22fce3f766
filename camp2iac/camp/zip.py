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
from camp2iac.camp.spool import Spool, Spooled, inflated
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record

_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_SIZES_FOLLOW = 0x8  # checksum and sizes follow the data
_STORED, _DEFLATED = 0, 8
_LONGEST_LINK = 64 * 1024  # bytes that are read of a link's target; it is rejected long before
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


def members(archive: Spool, name: str) -> Iterator[Member]:
    """The members of a ZIP archive, one by one. BadArchiveError (CAMP130, CAMP135, CAMP136) ends it."""
    budget = Budget(name, len(archive))
    found = entries(archive, budget)
    for entry in found:
        if entry.flags & _ENCRYPTED:
            raise BadArchiveError(_encrypted(name, entry))
    _contiguous(archive, found, name)
    for entry in found:
        yield _member(archive, entry, budget)


def _contiguous(archive: Spool, found: list[ZipEntry], name: str) -> None:
    """Check that the entries fill the archive up to its directory, one after the other. BadArchiveError if not."""
    ordered = sorted(found, key=lambda entry: entry.at)
    directory = _directory(archive, name)[1]
    first = ordered[0].at if ordered else directory
    if first and not (first == 4 and archive.read(0, 4) in _SPANNING):
        raise BadArchiveError(damaged(name, "it has data before its first entry"))
    for entry, following in zip(ordered, [*(entry.at for entry in ordered[1:]), directory], strict=False):
        begin, follow = _own_header(archive, entry, name)
        end = begin + entry.packed
        if end > following:
            raise BadArchiveError(damaged(name, f"two entries share bytes, at {short(entry.name)}"))
        if archive.read(end, min(following - end, 25)) not in (_descriptors(entry) if follow else (b"",)):
            raise BadArchiveError(damaged(name, f"it has data between its entries, after {short(entry.name)}"))


def _descriptors(entry: ZipEntry) -> tuple[bytes, ...]:
    """The data descriptors that can follow an entry whose local header does not have its size: 32 or 64 bits, with or
    without a signature."""
    wide = struct.pack("<L2Q", entry.crc, entry.packed, entry.size)
    if max(entry.packed, entry.size) > _IN_EXTRA:
        return wide, b"PK\x07\x08" + wide
    narrow = struct.pack("<3L", entry.crc, entry.packed, entry.size)
    return narrow, b"PK\x07\x08" + narrow, wide, b"PK\x07\x08" + wide


def entries(archive: Spool, budget: Budget) -> list[ZipEntry]:
    """The central directory, in its order."""
    count, at, end, shift = _directory(archive, budget.name)
    found: list[ZipEntry] = []
    while at < end:
        head = archive.read(at, _ENTRY.size) if end - at >= _ENTRY.size else b""
        if head[:4] != b"PK\x01\x02":
            raise BadArchiveError(damaged(budget.name))
        budget.entry()
        fields = _ENTRY.unpack(head)
        version, flags, method, crc, packed, size = fields[1], fields[3], fields[4], *fields[7:10]
        of_name, of_extra, of_comment, _, _, attributes, begins = fields[10:]
        at += _ENTRY.size
        about = archive.read(at, of_name + of_extra)
        raw, extra = about[:of_name], about[of_name:]
        packed, size, begins = _wide(extra, (packed, size, begins), budget.name)
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


def _end(archive: Spool, name: str) -> int:
    """Where the end record begins. A comment of at most 64 KiB can follow. It must not contain the signature of an end
    record, because programs would disagree about which record counts."""
    least = max(0, len(archive) - _END.size - 0xFFFF)
    data = archive.read(least, len(archive) - least)
    last = at = data.rfind(b"PK\x05\x06")
    found: list[int] = []
    while at >= 0:
        if len(data) - at >= _END.size and at + _END.size + _END.unpack_from(data, at)[-1] == len(data):
            found.append(at)
        at = data.rfind(b"PK\x05\x06", 0, at + 3)
    if not found:
        raise BadArchiveError(damaged(name))
    if len(found) > 1 or found[0] != last:
        raise BadArchiveError(damaged(name, "it has more than one end record"))
    return least + last


def _directory(archive: Spool, name: str) -> tuple[int, int, int, int]:
    """The number of entries, where their directory begins and ends, and how many bytes precede the archive."""
    at = _end(archive, name)
    _, disk, _, _, count, size, offset, _ = _END.unpack(archive.read(at, _END.size))
    end = at
    place = at - _END64_PLACE.size
    wide = count == 0xFFFF or _IN_EXTRA in (size, offset)
    if wide and place >= 0 and archive.read(place, 4) == b"PK\x06\x07":
        end = place - _END64.size
        if end < 0 or archive.read(end, 4) != b"PK\x06\x06":
            raise BadArchiveError(damaged(name))
        count, size, offset = _END64.unpack(archive.read(end, _END64.size))[7:10]
    begin = end - size
    if disk or begin < 0 or offset > begin:
        raise BadArchiveError(damaged(name))
    return count, begin, end, begin - offset


def _wide(extra: bytes, short_: tuple[int, int, int], name: str) -> tuple[int, int, int]:
    """Sizes and position of an entry, from the ZIP64 extra field if they do not fit in 32 bits."""
    if _IN_EXTRA not in short_:
        return short_
    for kind, value in _extra(extra):
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


def _member(archive: Spool, entry: ZipEntry, budget: Budget) -> Member:
    path = entry.name
    mode = entry.mode if entry.system == _UNIX else 0
    kind = stat.S_IFMT(mode)
    if path.endswith("/") or kind == stat.S_IFDIR:
        return Member(path, is_folder=True)
    if kind not in (0, stat.S_IFREG, stat.S_IFLNK):
        return Member(path, special="a device, pipe or socket")
    if mode & (stat.S_ISUID | stat.S_ISGID):
        return Member(path, special="a file that runs with another user's rights (setuid or setgid)")
    found = content(archive, entry, budget)
    if kind == stat.S_IFLNK:
        target = _text(found.start(_LONGEST_LINK), entry.flags, entry.system)
        budget.name_of(target)
        return Member(path, link=target)
    return Member(path, found, executable=bool(mode & stat.S_IXUSR))


def content(archive: Spool, entry: ZipEntry, budget: Budget) -> Spooled:
    """The content of a member. It is unpacked to check its size and its checksum, and not kept in memory."""
    name = budget.name
    if entry.method not in (_STORED, _DEFLATED):
        what = f"{short(entry.name)} is compressed with a method that PDPs do not use"
        raise BadArchiveError(damaged(name, what))
    begin, _ = _own_header(archive, entry, name)
    budget.take(entry.size, entry.name)
    found = Spooled(archive, begin, entry.packed, entry.size, entry.method == _DEFLATED)
    packed, size, crc = archive.chunks(begin, entry.packed), 0, 0
    try:
        for piece in packed if entry.method == _STORED else inflated(packed, entry.size + 1):
            size, crc = size + len(piece), zlib.crc32(piece, crc)
    except zlib.error as error:
        raise BadArchiveError(damaged(name)) from error
    if size != entry.size or crc != entry.crc:
        raise BadArchiveError(damaged(name))
    return found


def _own_header(archive: Spool, entry: ZipEntry, name: str) -> tuple[int, bool]:
    """Where the data of an entry begins, and whether its size follows the data. The local header must match the
    directory."""
    head = archive.read(entry.at, _LOCAL.size)
    if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
        raise BadArchiveError(damaged(name))
    _, _, flags, method, _, _, crc, packed, size, of_name, of_extra = _LOCAL.unpack(head)
    at = entry.at + _LOCAL.size
    begin = at + of_name + of_extra
    about = archive.read(at, of_name + of_extra)
    own, extra = about[:of_name], about[of_name:]
    packed, size, _ = _wide(extra, (packed, size, 0), name)
    follow = bool(flags & _SIZES_FOLLOW)
    same = own == entry.raw and method == entry.method and begin + entry.packed <= len(archive)
    same = same and (own.isascii() or not (flags ^ entry.flags) & _UTF8)
    for mine, theirs in ((crc, entry.crc), (packed, entry.packed), (size, entry.size)):
        same = same and (mine == theirs or (follow and mine == 0))
    same = same and _unicode_path(own, extra) in (None, entry.name)
    if not same:
        raise BadArchiveError(damaged(name, f"a header contradicts the directory, at {short(entry.name)}"))
    return begin, follow


def one(archive: Spool, path: str, most: int) -> bytes | None:
    """A member of a ZIP archive that is content itself, such as a JAR. None if it is not a ZIP archive, or has no such
    member of at most ``most`` bytes."""
    budget = Budget(path, len(archive), most_entries=len(archive), most_names=len(archive))
    try:
        found = [entry for entry in entries(archive, budget) if entry.name == path and entry.size <= most]
        return content(archive, found[-1], budget).start(most) if found else None
    except BadArchiveError:
        return None
