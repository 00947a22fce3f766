"""What git would not commit of an output folder (CAMP706)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from camp2iac.camp import git
from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.diagnostics.suggest import listed, short

_SHOWN = 3


def hidden(place: Path, files: Iterable[str], plan: Path | None) -> Diagnostic | None:
    """That rules of the repository hide generated files in ``place``; None where none does, or no repository is there.

    ``plan``: a repository that ignores the plan, too, such as one of a home folder, has no word on its output.
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
    except git.GitError:  # whoever compiles the content was told
        return None
    if not found or above in found:
        return None
    names = [path for path in paths if path in found]
    rule = found[names[0]]
    note = f"{rule.where} says  {short(rule.pattern)}"
    if len(names) == len(paths):
        return Diagnostic(
            "CAMP706",
            f"git ignores the output folder {place}",
            notes=(note,),
            help="if it is to be reviewed and committed, take that line out, or run  git add -f",
            severity=Severity.NOTE,
        )
    more = len(names) - _SHOWN
    return Diagnostic(
        "CAMP706",
        f"git ignores generated files in {place}: "
        + listed([*map(short, names[:_SHOWN]), *([f"{more} more"] if more > 0 else [])]),
        notes=(note, "a clone does not have them, so that  synth --check  finds a difference there"),
        help="take that line out, or run  git add -f  with these files",
    )


def _within(path: Path, root: str) -> bool:
    return os.path.realpath(path).startswith(os.path.join(root, ""))  # noqa: PTH118
