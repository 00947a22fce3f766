"""The ``moved`` blocks, which keep the first instance when Scale is added to a tier or removed."""

from __future__ import annotations

from camp2iac.synth import moves
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup

FILE = "moved.tf"
HEADER = (
    "If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its",
    "ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.",
)


def add(made: ModuleBuilder, group: MachineGroup) -> None:
    """The ``moved`` blocks for the resources in a tier's file."""
    if group.many:
        why = f"{group.id} can have several instances. If it had only one before, that one becomes {group.first}."
    else:
        why = f"{group.id} has one instance. If it could have several before, {group.first} becomes that one."
    if found := moves.blocks(made.module.files[group.file], why):
        made.module.headers[FILE] = HEADER
        made.module.add(FILE, *found)
