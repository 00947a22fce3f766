"""The previous output, to compare a new one with: from git's HEAD, or else from the folder."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from camp2iac.camp import git

if TYPE_CHECKING:
    from camp2iac.review.restore import ReadEarlier
    from camp2iac.synth.sourcemap import Standing


class UnreadableError(Exception):
    """The previous output cannot be read. ``name``: the file with the error."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def baseline(folder: Path) -> Standing | None:
    """The output in git's HEAD if the folder is tracked, otherwise the one in the folder. None if there is none.

    If the committed source map cannot be parsed (for example because of merge conflict markers), the folder's is used.
    ``UnreadableError`` if neither can be parsed.
    """
    from camp2iac.synth.sourcemap import DIGESTS, NAME
    from camp2iac.synth.sourcemap_json import origins, standing

    committed = _committed(folder, NAME)
    found = standing(committed, _committed(folder, DIGESTS)) if committed is not None else None
    if found is not None:
        return found
    there = _there(folder / NAME)
    found = standing(there, _there(folder / DIGESTS)) if there is not None else None
    if found is None and (committed is not None or there is not None):
        text = committed if committed is not None else there
        raise UnreadableError(NAME if origins(text or b"") is None else DIGESTS)
    return found


def earlier(folder: Path, plan: str) -> ReadEarlier:
    """Reads the files of a plan's folder as git's HEAD has them. ``plan``: the plan's path from the output's folder."""

    def read(file: str) -> bytes | None:
        path = PurePosixPath(plan).parent / file
        return _committed(folder, path.as_posix()) if plan.startswith("../") else None

    return read


def _there(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _committed(folder: Path, name: str) -> bytes | None:
    real = os.path.realpath(folder)
    root = git.top(real)
    if root is None:
        return None
    try:
        path = os.path.relpath(f"{real}/{name}", root)
        return git.committed(root, Path(path).as_posix())
    except git.GitError:  # no git, or a repository that it cannot read
        return None
