"""A file of a package that is made, and which files a package has."""

from __future__ import annotations

import errno
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator

from camp2iac.camp.integrity import CERTIFICATE
from camp2iac.camp.manifest import ALGORITHM, MANIFEST
from camp2iac.camp.model import PlanDocument
from camp2iac.camp.package import Package
from camp2iac.camp.reader import Source
from camp2iac.camp.tree import PLAN
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record

_OWN = {PLAN: "the plan", MANIFEST: "the manifest", CERTIFICATE: "the certificate"}


class PackedFile(Record, frozen=True):
    """A file of a package. ``crc``: its CRC-32. ``pieces``: its bytes, each time it is called."""

    path: str
    size: int
    crc: int
    sha256: str
    executable: bool
    pieces: Callable[[], Iterable[bytes]]

    @classmethod
    def of(cls, path: str, pieces: Callable[[], Iterable[bytes]], *, executable: bool = False) -> PackedFile:
        """Read a file once, for its size and its checksums. Raises as :meth:`Package.chunks` does."""
        size, crc, digest = 0, 0, hashlib.sha256()
        for piece in pieces():
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            digest.update(piece)
        return cls(path, size, crc, digest.hexdigest(), executable, pieces)

    @classmethod
    def made(cls, path: str, data: bytes) -> PackedFile:
        """A file with these bytes."""
        return cls.of(path, lambda: (data,))

    def chunks(self) -> Iterator[bytes]:
        """The bytes in pieces. OSError, at the latest at the end, if the file changed after it was read first."""
        size, digest = 0, hashlib.sha256()
        for piece in self.pieces():
            size += len(piece)
            if size > self.size:
                break
            digest.update(piece)
            yield piece
        if size != self.size or digest.hexdigest() != self.sha256:
            raise OSError(errno.ESTALE, "it changed while camp2iac read it", self.path)


def content_of(plan: PlanDocument, package: Package) -> dict[str, tuple[str, ...]]:
    """The content files of a plan in its package, by the paths of the contents."""
    paths = {artifact.content.path for artifact in plan.artifacts}
    return {
        path: (path,) if path and package.is_file(path) else package.files(path)
        for path in sorted(path for path in paths if path is not None)
    }


def collect(source: Source) -> list[PackedFile] | Diagnostic:
    """The plan and its content, sorted by path. A diagnostic if a file of the content has the name of another file of
    the package (CAMP740). OSError if a file cannot be read."""
    package = source.package
    content = sorted({path for paths in content_of(source.plan, package).values() for path in paths})
    taken = next((path for path in content if path in _OWN and (path, source.path) != (PLAN, PLAN)), None)
    if taken is not None:
        return _taken(taken)
    files = [PackedFile.made(PLAN, source.data)]
    for path in content:
        if path != PLAN:
            executable = package.is_executable(path)
            files.append(PackedFile.of(path, _pieces(package, path), executable=executable))
    return sorted(files, key=lambda file: file.path)


def _pieces(package: Package, path: str) -> Callable[[], Iterator[bytes]]:
    return lambda: package.chunks(path)


def manifest(files: Iterable[PackedFile]) -> bytes:
    """``camp.mf``: the digests of all files, in OVF's format."""
    return "".join(f"{ALGORITHM}({file.path})= {file.sha256}\n" for file in files).encode("utf-8", "surrogateescape")


def _taken(path: str) -> Diagnostic:
    return Diagnostic(
        "CAMP740",
        f"the content has a file with the name of {_OWN[path]} of the package: {short(path)}",
        notes=(f"{path} at the root of a package is {_OWN[path]}",),
        help=f"move {path} into a folder, or rename it, and write its new path after  href:",
    )
