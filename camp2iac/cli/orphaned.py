"""Output folders whose environment file is gone: it was renamed, or the environment is retired."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from camp2iac.cli import outputs, session
from camp2iac.diagnostics import Diagnostic
from camp2iac.synth import sourcemap_json
from camp2iac.synth.sourcemap import NAME

_LARGEST = 64 * 1024 * 1024  # of a source map that is read


def orphaned(plan: Path | None, environments: Sequence[Path], *, written: bool = False) -> tuple[Diagnostic, ...]:
    """CAMP365 for each output beside the plan whose environment file does not exist. ``environments``: the present
    environment files. ``written``: whether the caller is about to write their outputs.
    """
    if plan is None or not environments:
        return ()
    new = [file for file in environments if not (session.default_output(plan, file, None) / NAME).is_file()]
    own = {session.default_output(plan, file, None) for file in environments}  # a renamed folder is written again
    folders = [folder for folder in outputs.beside(session.folder(plan)) if folder not in own]
    gone = [(folder, file) for folder in folders for file in _gone(folder)]
    known = new if len(gone) == 1 else []
    return tuple(_orphan(folder, file, known, written=written) for folder, file in gone)


def _gone(folder: Path) -> Iterator[str]:
    """The environment file of an output, if it does not exist."""
    try:
        with (folder / NAME).open("rb") as file:
            text = file.read(_LARGEST + 1)
    except OSError:
        return
    named = sourcemap_json.head(text).get("environment", "") if len(text) <= _LARGEST else ""
    path = os.path.normpath(folder / named)
    if "/" in named and not os.path.lexists(path):  # without a folder, it was elsewhere: nothing is known about it
        yield Path(path).as_posix()


def _orphan(folder: Path, file: str, new: Sequence[Path], *, written: bool) -> Diagnostic:
    """``new``: the environment files without an output. ``written``: whether they get one now."""
    place = folder.as_posix()
    now = (folder.parent / (new[0].stem if len(new) == 1 else "NEW")).as_posix()
    renamed = f"if {new[0].as_posix()} is the renamed file" if len(new) == 1 else "if the file was renamed"
    move = f"give the folder its name before you run synth:  {shlex.join(['mv', place, now])}"
    if written:
        state = (folder / "terraform.tfstate").as_posix()
        move = f"move the state, if it is in the folder, and remove the folder:  {shlex.join(['mv', state, f'{now}/'])}"
    return Diagnostic(
        "CAMP365",
        f"{place} is the output of {file}, which does not exist",
        notes=("camp2iac does not remove it: what it describes can still run, and Terraform's state can be in it",),
        help=f"{renamed}, {move}\n"
        "or, if the environment is no longer needed, destroy it, and then remove the folder:  "
        + shlex.join(["terraform", f"-chdir={place}", "destroy"]),
    )
