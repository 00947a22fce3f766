"""A folder of the plan's package as one archive: the same files, the same bytes, wherever it is made."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Sequence

from camp2iac.camp.package import Package

TOP = "content"  # the one folder that holds all of it; machines leave it out


def pack(package: Package, files: Sequence[tuple[str, str]]) -> bytes:
    """A tar archive (POSIX pax) of files: name in it and path in the package, sorted by name.

    Not compressed: what zlib makes of the same bytes differs between its releases, and version control compresses by
    itself. Nothing but names, bytes and who may execute is in it: no times, no owners.
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
