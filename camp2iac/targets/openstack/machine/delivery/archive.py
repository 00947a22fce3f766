"""A folder of the plan's package as one archive. The same files give the same bytes everywhere."""

from __future__ import annotations

import errno
import hashlib
import tarfile
from collections.abc import Iterator, Sequence

from camp2iac.camp.package import Package
from camp2iac.camp.spool import Spool
from camp2iac.record import Record

TOP = "content"  # the top folder, which instances remove


class PackedArchive(Record, frozen=True):
    """An archive, which can be large."""

    spool: Spool
    sha256: str

    @property
    def size(self) -> int:
        """The size in bytes."""
        return len(self.spool)

    def chunks(self) -> Iterator[bytes]:
        """The bytes in pieces."""
        return self.spool.chunks(0, len(self.spool))


def pack(package: Package, files: Sequence[tuple[str, str]]) -> PackedArchive:
    """A tar archive (POSIX pax) of files: the name in the archive and the path in the package, sorted by name.

    It is not compressed, because the output of zlib differs between its releases, and version control compresses it. It
    has only names, bytes and whether a file is executable: no times and no owners.
    """
    spool, digest = Spool(), hashlib.sha256()
    for piece in _pieces(package, files):
        spool.append(piece)
        digest.update(piece)
    rest = bytes(2 * tarfile.BLOCKSIZE + -(len(spool) + 2 * tarfile.BLOCKSIZE) % tarfile.RECORDSIZE)
    spool.append(rest)
    digest.update(rest)
    return PackedArchive(spool, digest.hexdigest())


def _pieces(package: Package, files: Sequence[tuple[str, str]]) -> Iterator[bytes]:
    """The entries. As :mod:`tarfile` writes them, but it would need a file object for each file."""
    top = tarfile.TarInfo(TOP)
    top.type, top.mode = tarfile.DIRTYPE, 0o755
    yield _header(top)
    for name, path in files:
        entry = tarfile.TarInfo(f"{TOP}/{name}")
        entry.size = left = package.size(path)
        entry.mode = 0o755 if package.is_executable(path) else 0o644
        yield _header(entry)
        for piece in package.chunks(path):
            left -= len(piece)
            yield piece
        if left:
            raise OSError(errno.ESTALE, "it changed while camp2iac read it", path)
        yield bytes(-entry.size % tarfile.BLOCKSIZE)


def _header(entry: tarfile.TarInfo) -> bytes:
    return entry.tobuf(tarfile.PAX_FORMAT, tarfile.ENCODING, "surrogateescape")
