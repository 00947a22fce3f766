"""The output that a change is judged by: what version control has of the folder, else what stands there."""

from __future__ import annotations

import os
from pathlib import Path

from camp2iac.camp import git


def source_map(folder: Path) -> bytes | None:
    """The source map of the output in git's HEAD, where the folder is tracked there; else the folder's; None: none."""
    from camp2iac.synth.sourcemap import NAME

    committed = _committed(folder, NAME)
    if committed is not None:
        return committed
    try:
        return (folder / NAME).read_bytes()
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
