"""The output that a change is judged by: what version control has of the folder, else what stands there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from camp2iac.camp import git

if TYPE_CHECKING:
    from camp2iac.synth.sourcemap import Standing


class UnreadableError(Exception):
    """There is an output, and nobody knows what it holds. ``name``: the file that cannot be understood."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def baseline(folder: Path) -> Standing | None:
    """The output in git's HEAD, where the folder is tracked there, else the one in the folder; None: there is none.

    A committed source map that cannot be understood (a merge left marks in it) does not count where the folder's can;
    UnreadableError where none of those that are there can be understood.
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
        return git.committed(root, f"{Path(real).relative_to(root).as_posix()}/{name}".removeprefix("./"))
    except git.GitError:  # no git, or a repository that it cannot read: the folder is all there is
        return None
