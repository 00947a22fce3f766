"""The members of a TAR archive, plain or gzipped."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from camp2iac.camp.members import MOST_BYTES, BadArchiveError, Budget, Member, damaged, sniff, too_large

_BLOCK = 512
# Headers and padding of TAR, on top of what its files may have.
_OVERHEAD = 16 * 1024 * 1024


def members(data: bytes, kind: str, name: str) -> Iterator[Member]:
    """The members of a TAR archive, one by one. BadArchiveError (CAMP130, CAMP135) ends it."""
    size = len(data)
    if kind == "gzip":
        data = _gunzip(data, name)
        if data and sniff(data) != "tar" and data.strip(b"\0"):
            raise BadArchiveError(damaged(name, "it is compressed, but what it holds is no TAR archive"))
    try:
        # The standard library's reader raises exceptions of many kinds for damaged archives.
        with tarfile.open(fileobj=BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
            yield from _members(archive, data, Budget(name, size))
    except BadArchiveError:
        raise
    except Exception as error:
        raise BadArchiveError(damaged(name)) from error


def _gunzip(data: bytes, name: str) -> bytes:
    budget = Budget(name, len(data))
    most = min(MOST_BYTES, budget.left() if len(data) < MOST_BYTES // 200 else MOST_BYTES) + _OVERHEAD
    out: list[bytes] = []
    total = 0
    try:
        while data:
            stream = zlib.decompressobj(wbits=31)
            out.append(stream.decompress(data, most + 1 - total))
            total += len(out[-1])
            if total > most:
                raise BadArchiveError(too_large(name, f"{name} unpacks to too much"))
            if not stream.eof:
                raise BadArchiveError(damaged(name))
            data = stream.unused_data.lstrip(b"\0")
            if data and not data.startswith(b"\x1f\x8b"):
                raise BadArchiveError(damaged(name, "something follows the compressed archive"))
    except zlib.error as error:
        raise BadArchiveError(damaged(name)) from error
    return b"".join(out)


def _members(archive: tarfile.TarFile, data: bytes, budget: Budget) -> Iterator[Member]:
    while (info := archive.next()) is not None:
        budget.entry()
        if info.isdir():
            yield Member(info.name + "/", is_folder=True)
        elif info.islnk():
            yield Member(info.name, special="a hard link")
        elif info.issym():
            yield Member(info.name, link=info.linkname)
        elif not info.isreg():
            yield Member(info.name, special="a device or pipe")
        elif info.mode & 0o6000:
            yield Member(info.name, special="a file that runs with another user's rights (setuid or setgid)")
        else:
            budget.take(info.size, info.name)
            file = archive.extractfile(info)
            content = file.read() if file is not None else b""
            if len(content) != info.size:
                raise BadArchiveError(damaged(budget.name))
            yield Member(info.name, content, executable=bool(info.mode & 0o100))
    # The library takes a header that it cannot read for the end.
    if data[archive.offset : archive.offset + _BLOCK].strip(b"\0") or archive.offset > len(data):
        raise BadArchiveError(damaged(budget.name))
