"""Read an output folder: its source map, and what its target shows of resources."""

from __future__ import annotations

from pathlib import Path

import click

from camp2iac.record import Record
from camp2iac.review.parts import DeployedParts
from camp2iac.synth import sourcemap_json
from camp2iac.synth.sourcemap import DIGESTS, NAME, Standing
from camp2iac.targets.deployed import Inventory


class OutputStanding(Record, frozen=True):
    """An output folder. ``plan``: the folder of its plan, whose files its source map names."""

    folder: Path
    standing: Standing
    parts: DeployedParts
    types: Inventory
    plan: Path


def read(folder: Path) -> OutputStanding:
    """The output in a folder. Raises click.UsageError if its source map cannot be read."""
    from camp2iac.targets import registry

    text, digests = _bytes(folder / NAME), _bytes(folder / DIGESTS)
    standing = sourcemap_json.standing(text, digests)
    if standing is None:
        raise click.UsageError(f"{folder / NAME} cannot be read; run  camp2iac synth  again, or use a newer camp2iac")
    target = registry.find(standing.target)
    types = getattr(target, "inventory", None)
    types = types if isinstance(types, Inventory) else Inventory()
    plan = folder / sourcemap_json.head(text).get("plan", "")
    return OutputStanding(folder, standing, DeployedParts(standing, types), types, plan.parent)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
