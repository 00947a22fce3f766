"""Data sources of images: the newest image with each name."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.synth.module import Block, body, ref
from camp2iac.targets.openstack.layout.images import in_order
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resource_types import IMAGE


def blocks(layout: OpenStackLayout, groups: Iterable[MachineGroup]) -> list[Block]:
    """The images of one region's instances."""
    made = {}
    for image in in_order(groups, layout.images):
        if image.looked_up:
            name = image.given or ref(f"var.{image.variable}")
            arguments = body(name=name, most_recent=True)
            made[image.label] = Block("data", (IMAGE, image.label), arguments, comment=image.comment)
    return list(made.values())
