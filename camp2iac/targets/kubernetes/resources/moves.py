"""The ``moved`` blocks, which keep the first volume when Scale is added to a tier or removed."""

from __future__ import annotations

from camp2iac.synth import moves
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes.resource_types import CLAIM

FILE = "moved.tf"
_HEADER = (
    "If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the volume of the first pod.",
    "Terraform only renames it in its state. Otherwise, the blocks have no effect.",
)


def add(made: ModuleBuilder) -> None:
    """The ``moved`` blocks of all claims."""
    claims = [block for block in made.module.blocks() if block.labels[:1] == (CLAIM,)]
    if found := moves.blocks(claims, ""):
        made.module.headers[FILE] = _HEADER
        made.module.add(FILE, *found)
