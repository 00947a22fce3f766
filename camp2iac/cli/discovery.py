"""The plan and the environment files of a command, if the user names none.

The plan is ``camp.yaml`` in the working directory, or in the nearest folder above it. The environments are all files in
``environments/`` beside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from camp2iac import compiler
from camp2iac.camp import git
from camp2iac.cli import session
from camp2iac.cli.console import Console
from camp2iac.cli.faults import Fault
from camp2iac.cli.options import NEAREST, NamedPlan
from camp2iac.diagnostics import Diagnostic

_ALIKE = "camp.yml"  # a name that a reader of YAML expects, but CAMP does not have


def plan(console: Console, named: NamedPlan, form: str = "pretty") -> Path | None:
    """The plan that the user named, or the nearest one; None for standard input. ``Fault`` if there is none (CAMP715).

    ``form``: the format of the report.
    """
    if named is not NEAREST:
        return named
    found = nearest()
    if found is None:
        raise Fault(no_plan(), form)
    if len(found.parts) > 1:
        console.say(f"The plan is {found.as_posix()}.")
    return found


def nearest() -> Path | None:
    """``camp.yaml`` in the working directory, or in the nearest folder above it, as a relative path; None if there is
    none.

    The search ends at the top of the git repository, and at the user's home folder.
    """
    for depth, folder in enumerate(_folders()):
        if os.path.isfile(os.path.join(folder, session.PLAN)):  # noqa: PTH113, PTH118 - it never raises
            return Path(*[".."] * depth, session.PLAN)
    return None


def no_plan(otherwise: str = "name the plan, or write one for the code in this folder:  camp2iac init") -> Diagnostic:
    """CAMP715, which says where camp2iac looked. ``otherwise``: what to do if there is no plan."""
    folders = list(_folders())
    notes = [f"camp2iac looked in {folders[0]}" if folders else "the working directory was removed"]
    if len(folders) > 1:
        notes = [f"camp2iac looked in {folders[0]} and above it, up to {folders[-1]}{_why(folders[-1])}"]
    help_ = f"change to the plan's folder, {otherwise}"
    alike = [path for folder in folders if (path := Path(folder, _ALIKE)).is_file()]
    if alike:
        notes.append(f"there is {alike[0]}, but the name must be {session.PLAN}")
        help_ = f"rename {_ALIKE} to {session.PLAN}"
    message = f"there is no {session.PLAN} in this folder or above it"
    return Diagnostic("CAMP715", message, notes=tuple(notes), help=help_)


def environments(
    plan: Path | None, named: Sequence[Path], target: str | None = None, form: str = "pretty"
) -> tuple[Path, ...]:
    """The environment files that the user named, or all files in ``environments/`` beside the plan. Empty if there are
    none, or ``target`` names the platform.

    ``Fault`` if two of them have the same name, and therefore the same output folder (CAMP716).
    """
    if named:
        found = list(dict.fromkeys(named))
    elif plan is None or target is not None:
        return ()
    else:
        found = compiler.environment_files(session.folder(plan) / session.ENVIRONMENTS)
    stems: dict[str, Path] = {}
    for file in found:
        if file.stem in stems:
            raise Fault(_same_name(stems[file.stem], file), form)
        stems[file.stem] = file
    return tuple(found)


def _folders() -> Iterator[str]:
    """The working directory and those above it in which a plan can be."""
    try:
        folder = os.getcwd()  # noqa: PTH109 - a string, whatever bytes it has
    except OSError:
        return
    ends = (git.top(folder), _home())
    while True:
        yield folder
        above = os.path.dirname(folder)  # noqa: PTH120
        if folder in ends or above == folder:
            return
        folder = above


def _home() -> str:
    return os.path.realpath(os.path.expanduser("~"))  # noqa: PTH111 - it never raises


def _why(folder: str) -> str:
    if git.is_top(folder):
        return ", the top of the git repository"
    return ", your home folder" if folder == _home() else ""


def _same_name(first: Path, second: Path) -> Diagnostic:
    return Diagnostic(
        "CAMP716",
        f"{first.as_posix()} and {second.as_posix()} are both the environment {first.stem}",
        notes=(f"both would have the output folder {session.INFRA}/{first.stem}",),
        help="rename or remove one of them, or name one with  -e",
    )
