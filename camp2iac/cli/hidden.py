"""Files of an output folder that git ignores (CAMP706)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from camp2iac.camp import git
from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.diagnostics.suggest import listed, short

_SHOWN = 3


def hidden(place: Path, files: Iterable[str], plan: Path | None) -> Diagnostic | None:
    """CAMP706 if git ignores generated files in ``place``; None if it does not, or ``place`` is not in a repository.

    ``plan``: a repository that also ignores the plan, such as one of a home folder, does not count.
    """
    folder = os.path.realpath(place)
    root = git.top(folder)
    if root is None:
        return None
    paths = sorted(files)
    above = os.path.relpath(os.path.realpath(plan), folder) if plan is not None else ""
    asked = [*paths, above] if plan is not None and _within(plan, root) else paths
    try:
        found = git.ignored(root, folder, asked)
    except git.GitError:  # reported when the content was compiled
        return None
    if not found or above in found:
        return None
    names = [path for path in paths if path in found]
    rule = found[names[0]]
    note = f"{rule.where} has the pattern  {short(rule.pattern)}"
    if len(names) == len(paths):
        return Diagnostic(
            "CAMP706",
            f"git ignores the output folder {place}",
            notes=(note,),
            help="to commit it, remove this pattern or run  git add -f",
            severity=Severity.NOTE,
        )
    more = len(names) - _SHOWN
    return Diagnostic(
        "CAMP706",
        f"git ignores generated files in {place}: "
        + listed([*map(short, names[:_SHOWN]), *([f"{more} more"] if more > 0 else [])]),
        notes=(note, "a clone does not have these files, so  synth --check  finds a difference there"),
        help="remove this pattern, or run  git add -f  with these files",
    )


def _within(path: Path, root: str) -> bool:
    return os.path.realpath(path).startswith(os.path.join(root, ""))  # noqa: PTH118
