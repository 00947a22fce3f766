"""The output folder that a command reads: the one of ``-o``, or the one that is near."""

from __future__ import annotations

from pathlib import Path

import click

from camp2iac.synth.sourcemap import NAME

_INFRA = "infra"
_WRITE = "write  -o DIR"


def find(folder: Path | None) -> Path:
    """The output folder: ``folder``, else this one, else the only output in ``infra/`` beside the plan here or above.

    Raises:
        click.UsageError: it is not an output, or there is none, or there are several.
    """
    if folder is not None:
        if not (folder / NAME).is_file():
            raise click.UsageError(f"{folder} is not an output of camp2iac: it has no {NAME}")
        return folder
    from camp2iac.cli import versions

    here = Path()
    if (here / NAME).is_file():
        return here
    plan = versions.here(here)
    found = sorted(each.parent for each in (plan.parent / _INFRA).glob(f"*/{NAME}")) if plan is not None else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError(f"there is no output in this folder, or in {_INFRA}/ beside a plan; {_WRITE}")
    names = ", ".join(each.name for each in found)
    raise click.UsageError(f"{_INFRA}/ beside {plan} has several outputs: {names}; {_WRITE}")
