"""Shared code of the tests of packages that are made."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

from camp2iac.cli import run

PLAN = b"""camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.html:Site
    content: { href: web/ }
"""
WHOLE = PLAN.replace(b"web/", b'"pdp:!"')
KINDS = (".zip", ".tar", ".tgz")


@dataclass(frozen=True)
class Done:
    """The output of a command, and its exit status."""

    status: int
    out: str
    err: str


def camp2iac(*args: str | Path) -> Done:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(list(map(str, args)))
    return Done(status, out.getvalue(), err.getvalue())


def laid_out(folder: Path, files: dict[str, bytes], runs: tuple[str, ...] = ()) -> Path:
    """A folder with these files, of which some are executable."""
    for name, data in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        place.chmod(0o700 if name in runs else 0o600)
    return folder


def tree(folder: Path) -> dict[str, tuple[bool, bytes]]:
    """Every file of a folder: whether it is executable, and its bytes."""
    return {
        path.relative_to(folder).as_posix(): (bool(path.stat().st_mode & 0o100), path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }
