"""Volumes for data, and their attachments to instances."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, body, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resource_types import INSTANCE, VOLUME, VOLUME_ATTACHMENT
from camp2iac.targets.openstack.resources import metadata


def volumes(layout: OpenStackLayout, group: MachineGroup) -> list[Block]:
    """The volumes of a tier, one of each for every instance."""
    blocks = []
    for statement in group.volumes:
        wanted = statement.value
        blocks.append(
            Block(
                "resource",
                (VOLUME, names.label(group.id, wanted.name)),
                body(
                    for_each=group.machines,
                    name=group.server_name(f"-{wanted.name}"),
                    size=Attribute("size", wanted.size, origin=statement.span),
                    volume_type=wanted.type,
                    enable_online_resize=True,
                    metadata=metadata.of(group),
                ),
                comment=f"{layout.file}: {statement.subject.heading}, Volume. Replacing the instance keeps its volume.",
                origin=statement.span,
                first=group.first,
            )
        )
    return blocks


def attachments(group: MachineGroup) -> list[Block]:
    """The attachments, one after the other."""
    blocks: list[Block] = []
    for statement in group.volumes:
        label = names.label(group.id, statement.value.name)
        before = blocks[-1].address if blocks else None
        blocks.append(
            Block(
                "resource",
                (VOLUME_ATTACHMENT, label),
                body(
                    Attribute("depends_on", (ref(before),)) if before else None,
                    for_each=group.machines,
                    instance_id=group.own(INSTANCE),
                    volume_id=group.volume(statement.value.name),
                ),
                first=group.first,
            )
        )
    return blocks
