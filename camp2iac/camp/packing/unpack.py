"""Unpack a package that was read into a new folder."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from camp2iac.camp.package import Package


def unpack(package: Package, folder: Path) -> tuple[str, ...]:
    """Write all files of an archive below a new, empty folder; their paths, sorted. OSError if that is not possible.

    The reader has checked the names, and a link has the content of its target. No existing file is opened.
    """
    paths = package.supplied()
    for path in paths:
        place = folder.joinpath(*path.split("/"))
        place.parent.mkdir(parents=True, exist_ok=True)
        mode = 0o777 if package.is_executable(path) else 0o666  # without the bits of the umask
        with open(place, "xb", opener=partial(os.open, mode=mode)) as file:
            for piece in package.chunks(path):
                file.write(piece)
    return paths
