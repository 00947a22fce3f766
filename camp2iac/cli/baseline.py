"""The output that a change is judged by: what version control has of the folder, else what stands there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def source_map(folder: Path) -> bytes | None:
    """The source map of the output in git's HEAD, where the folder is tracked there; else the folder's; None: none."""
    from camp2iac.synth.sourcemap import NAME

    committed = _committed(folder / NAME)
    if committed is not None:
        return committed
    try:
        return (folder / NAME).read_bytes()
    except OSError:
        return None


def _committed(path: Path) -> bytes | None:
    there = next((parent for parent in path.parents if parent.is_dir()), None)
    if there is None:
        return None
    # The repository may be a stranger's: nothing that its configuration names is run. In a hook, git's variables are
    # about another repository than the folder's.
    safe = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
    name = path.relative_to(there).as_posix()
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *safe, "-C", str(there), "show", f"HEAD:./{name}"],  # noqa: S607
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
