"""Find the output folder that a command reads."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from camp2iac.cli import discovery, options
from camp2iac.cli.session import INFRA
from camp2iac.synth.sourcemap import NAME


def find(folder: Path | None) -> Path:
    """The output folder: the named one, this folder, or the only one in ``infra/`` beside the plan, here or above.

    A usage error if there is none, or if there are several.
    """
    found = candidates(folder)
    if len(found) == 1:
        return found[0]
    if found:
        named = " or ".join(f"-o {options.printed(shlex.quote(str(each)))}" for each in found)
        raise click.UsageError(f"there are several outputs: write {named}")
    raise click.UsageError("there is no output here: name its folder with  -o DIR,  or write one with  camp2iac synth")


def candidates(folder: Path | None) -> list[Path]:
    """The named output, otherwise this folder, otherwise all outputs in ``infra/`` beside the plan, sorted."""
    if folder is not None:
        return [folder]
    if Path(NAME).is_file():
        return [Path()]
    plan = discovery.nearest()
    return beside(plan.parent) if plan is not None else []


def beside(plan_folder: Path) -> list[Path]:
    """The outputs in ``infra/`` beside a plan, sorted."""
    infra = plan_folder / INFRA
    return sorted(each for each in infra.iterdir() if (each / NAME).is_file()) if infra.is_dir() else []
