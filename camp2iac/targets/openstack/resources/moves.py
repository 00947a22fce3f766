"""What Terraform keeps when a tier that is one machine may be several from now on, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.synth import moves
from camp2iac.synth.module import Block
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup

FILE = "moved.tf"
HEADER = (
    "Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to\n"
    "the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has\n"
    "nothing to be moved, these blocks do nothing."
)


def blocks(group: MachineGroup, resources: Iterable[Block]) -> list[Block]:
    """The ``moved`` blocks of what is in a tier's file."""
    if group.many:
        why = f"{group.id} may be several machines. If it was one until now, that one is {group.first} from now on."
    else:
        why = f"{group.id} is one machine. If it was several until now, {group.first} is the one that stays."
    return moves.blocks(resources, why)
