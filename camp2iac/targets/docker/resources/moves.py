"""The ``moved`` blocks, which keep the first volume when Scale is added to a tier or removed."""

from __future__ import annotations

from camp2iac.synth import moves
from camp2iac.synth.module import Block
from camp2iac.targets.docker.resource_types import VOLUME
from camp2iac.targets.kit import ModuleBuilder

FILE = "moved.tf"
_HEADER = (
    "If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the volume of the first container.",
    "Terraform only renames it in its state. Otherwise, the blocks have no effect.",
)


def add(made: ModuleBuilder) -> None:
    """The ``moved`` blocks of all volumes."""
    if found := moves.blocks(list(_volumes(made)), ""):
        made.module.headers[FILE] = _HEADER
        made.module.add(FILE, *found)


def _volumes(made: ModuleBuilder) -> list[Block]:
    return [block for block in made.module.blocks() if block.labels[:1] == (VOLUME,)]
