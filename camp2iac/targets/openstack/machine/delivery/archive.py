"""A folder of the plan's package as one archive. The same files give the same bytes everywhere."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Sequence

from camp2iac.camp.package import Package

TOP = "content"  # the top folder, which instances remove


def pack(package: Package, files: Sequence[tuple[str, str]]) -> bytes:
    """A tar archive (POSIX pax) of files: the name in the archive and the path in the package, sorted by name.

    It is not compressed, because the output of zlib differs between its releases, and version control compresses it. It
    has only names, bytes and whether a file is executable: no times and no owners.
    """
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.PAX_FORMAT) as archive:
        top = tarfile.TarInfo(TOP)
        top.type, top.mode = tarfile.DIRTYPE, 0o755
        archive.addfile(top)
        for name, path in files:
            content = package.read(path)
            entry = tarfile.TarInfo(f"{TOP}/{name}")
            entry.size = len(content)
            entry.mode = 0o755 if package.is_executable(path) else 0o644
            archive.addfile(entry, io.BytesIO(content))
    return data.getvalue()
