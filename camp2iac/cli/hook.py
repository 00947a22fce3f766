"""A command as a hook of git: ``python -m camp2iac.cli.hook synth``. ``.pre-commit-hooks.yaml`` uses it.

A hook must also fail if generated files are not in git's index. They are on the disk, so ``--check`` finds no
difference, but the commit would not have them.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from camp2iac.camp import git
from camp2iac.cli import run
from camp2iac.cli.console import Console
from camp2iac.cli.streams import guard
from camp2iac.synth.sourcemap import DIGESTS
from camp2iac.synth.sourcemap_json import files

_SHOWN = 5


def main(arguments: list[str]) -> int:
    """Run the command; returns its exit status, or 1 if it succeeds and the commit would lack generated files."""
    status = run(arguments)
    return status or _lacking(Console(), Path.cwd())


def _lacking(console: Console, folder: Path) -> int:
    """Print the generated files of the repository that are not in git's index; returns 1 if there are any."""
    root = git.top(os.path.realpath(folder))
    if root is None:
        return 0
    try:
        listing = git.listing(root, root)
    except git.GitError:  # the command has reported it
        return 0
    outputs = [path.removesuffix(DIGESTS) for path in listing.tracked | listing.untracked if _is_digests(path)]
    lacking = {output: sorted(listing.untracked & _generated(root, output)) for output in sorted(outputs)}
    paths = [path for each in lacking.values() for path in each]
    if not paths:
        return 0
    more = [f"{len(paths) - _SHOWN} more"] if len(paths) > _SHOWN else []
    console.error(
        f"the commit does not have these generated files: {', '.join([*paths[:_SHOWN], *more])}\n"
        f"To add them, run  git add {shlex.join(output or '.' for output, each in lacking.items() if each)}"
    )
    return 1


def _is_digests(path: str) -> bool:
    return path.rpartition("/")[2] == DIGESTS


def _generated(root: str, output: str) -> set[str]:
    """The paths of the generated files of an output, from the top of the repository. ``output`` ends with ``/``."""
    file = Path(root, output, DIGESTS)
    named = files(file.read_bytes()) if file.is_file() else None
    return {f"{output}{each}" for each in (*(named or {}), DIGESTS)}


if __name__ == "__main__":
    guard()
    sys.exit(main(sys.argv[1:]))
