"""The journal of a run: what it does to an output folder, so that the next run knows if this one is interrupted.

New files are created in a folder of the output folder (on the same file system), and then moved into place one by one.
Before the first move, the journal lists the files and digests that the folder can have in the meantime: those of the
source map, and the new ones. A run that finds a journal treats all of them as generated. A file with any other digest
was changed by hand.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

from camp2iac.synth import sourcemap

STAGE = sourcemap.STAGE
JOURNAL = "journal.json"
FORMAT = 1
_MOST = 64 * 1024 * 1024  # bytes
_DIGEST = r"[0-9a-f]{64}"
_EARLIER = re.compile(r"\.camp2iac-[a-z0-9_]{8}")  # left by releases without a journal
_NUMBER = r"[0-9]+"

Digests = Mapping[str, frozenset[str]]


def read(directory: Path) -> Digests | None:
    """The digests that the files of an interrupted run can have; None if there was none."""
    file = directory / STAGE / JOURNAL
    try:
        if file.stat().st_size > _MOST:
            return None
        content = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.get("format") != FORMAT or not isinstance(content.get("files"), dict):
        return None
    found = {}
    for path, digests in content["files"].items():
        if not sourcemap.is_safe(path) or not isinstance(digests, list):
            return None
        if not all(isinstance(digest, str) and re.fullmatch(_DIGEST, digest) for digest in digests):
            return None
        found[path] = frozenset(digests)
    return found


def begin(directory: Path, digests: Digests) -> Path:
    """Write the journal, completely or not at all. Returns the folder for new files, which is otherwise empty."""
    stage = directory / STAGE
    stage.mkdir(exist_ok=True)
    for name in os.listdir(stage):  # noqa: PTH208 - nothing that it gives is a path of ours yet
        if name != JOURNAL:
            _remove(stage / name)
    text = json.dumps({"format": FORMAT, "files": {path: sorted(digests[path]) for path in sorted(digests)}})
    part = stage / f"{JOURNAL}.part"
    part.write_text(text, encoding="utf-8")
    part.replace(stage / JOURNAL)
    return stage


def clear(directory: Path) -> None:
    """Remove the journal and all other remains of an interrupted run."""
    with os.scandir(directory) as entries:
        ours = [entry.name for entry in entries if entry.name == STAGE or _EARLIER.fullmatch(entry.name)]
    for name in ours:
        if name == STAGE or _is_stage(directory / name):
            _remove(directory / name)


def _is_stage(folder: Path) -> bool:
    """Whether it is an earlier release's folder of new files, and contains nothing else."""
    if not stat.S_ISDIR(folder.lstat().st_mode):
        return False
    return all(re.fullmatch(_NUMBER, each.name) and stat.S_ISREG(each.lstat().st_mode) for each in folder.iterdir())


def _remove(path: Path) -> None:
    if stat.S_ISDIR(path.lstat().st_mode):
        shutil.rmtree(path)
    else:
        path.unlink()
