"""Volumes for data, and their attachments to instances."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, ref
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resource_types import INSTANCE, VOLUME, VOLUME_ATTACHMENT
from camp2iac.targets.openstack.resources import metadata


def add(made: ModuleBuilder, group: MachineGroup) -> None:
    """The volumes of a tier, one of each for every instance."""
    for statement in group.volumes:
        wanted, node = statement.value, made.plan(f"{statement.subject.heading}, Volume")
        made.repeated(
            group.file,
            VOLUME,
            names.label(group.id, wanted.name),
            group.first,
            comment=f"{node}. Replacing the instance keeps its volume.",
            origin=statement.span,
            for_each=group.machines,
            provider=group.provider,
            name=group.server_name(f"-{wanted.name}"),
            size=Attribute("size", wanted.size, origin=statement.span),
            volume_type=wanted.type,
            enable_online_resize=True,
            metadata=metadata.of(group),
        )


def add_attachments(made: ModuleBuilder, group: MachineGroup) -> None:
    """The attachments, one after the other."""
    before = ""
    for statement in group.volumes:
        before = made.repeated(
            group.file,
            VOLUME_ATTACHMENT,
            names.label(group.id, statement.value.name),
            group.first,
            Attribute("depends_on", (ref(before),)) if before else None,
            for_each=group.machines,
            provider=group.provider,
            instance_id=group.own(INSTANCE),
            volume_id=group.volume(statement.value.name),
        )
