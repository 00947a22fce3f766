"""Instances and their server groups."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, Value, body, expr, ref, walk
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.resource_types import INSTANCE, SERVER_GROUP
from camp2iac.targets.openstack.resources import baking, flavors, metadata


def shared_user_data(group: MachineGroup, user_data: Value) -> bool:
    """Whether all instances of a tier have the same user data."""
    return group.many and not any("[each.key]" in found.path for found in walk(user_data))


def add_server_group(made: ModuleBuilder, group: MachineGroup) -> None:
    """The server group of a tier.

    A tier with one instance has one too: Nova cannot add an instance to a group later, when the tier scales up.
    """
    if group.policy:
        made.resource(
            group.file,
            SERVER_GROUP,
            group.label,
            comment=made.plan(f"{group.id}, Placement: {'spread' if group.tier.spread else 'together'}"),
            origin=(group.tier.spread or group.tier.together or group.tier).span,
            provider=group.provider,
            name=group.name,
            policies=(group.policy,),
        )


def add(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup, machine: TierSoftware) -> None:
    """The instances of a tier."""
    shared = shared_user_data(group, machine.user_data)
    way_out = group.nets[0].interface
    why = "The first boot downloads packages through the router."
    wait = Attribute("depends_on", (way_out,), comment=why) if way_out else None
    image = baking.image_id(layout, group, machine)
    disk = _boot_volume(group, image)
    hints = Block("scheduler_hints", body=body(group=ref(f"{SERVER_GROUP}.{group.label}", ".id")))
    made.repeated(
        group.file,
        INSTANCE,
        group.label,
        group.first,
        None if shared else Attribute("user_data", machine.user_data),
        *disk,
        *(Block("network", body=body(port=group.port(net))) for net in group.nets),
        hints if group.policy else None,
        wait,
        Block("lifecycle", body=(_ignored(group), *machine.preconditions)),
        comment=_why(layout, group),
        origin=group.tier.span,
        for_each=group.machines,
        provider=group.provider,
        name=group.server_name(),
        image_id=None if disk else image,
        **flavors.named(group, layout.flavors[group.id]),
        key_pair=layout.key_pairs[group.id].name,
        availability_zone_hints=group.zone,
        user_data=ref(f"local.{group.label}_user_data") if shared else None,
        metadata=metadata.of(group, machine.metadata),
    )


def _why(layout: OpenStackLayout, group: MachineGroup) -> str:
    """The comment of the instances of a tier: why they have their flavor, and why HAProxy has instances."""
    why = flavors.why(layout.flavors[group.id])
    if group.id not in layout.before:
        return why
    raw, comment = layout.settings.raw, layout.settings.comment
    said = [f"{comment('balancer')}: haproxy"] if "balancer" in raw else []
    said += [comment("certificates")] if "certificates" in raw else []
    return f"{', and '.join(said)}. {why}".strip()


def _ignored(group: MachineGroup) -> Attribute:
    """The changes that do not affect existing instances."""
    disk = group.settings.boot_volume is not None
    ignored = [expr("block_device[0].uuid" if disk else "image_id"), expr("scheduler_hints")]
    image = "Only new instances use a newer image with the same name. Otherwise, "
    image += "Terraform would replace existing ones." if disk else "the provider would rebuild existing ones."
    spread = "Only new instances use a changed server group. Otherwise, Terraform would replace existing ones."
    comment: tuple[str, ...] = (image, spread)
    if group.settings.change == "ignore":
        ignored.append(expr("user_data"))
        comment = (*comment, f"{group.settings.comment('on_change')}. Only new instances use changed user data.")
    return Attribute("ignore_changes", tuple(ignored), comment=comment)


def _boot_volume(group: MachineGroup, image: Value) -> list[Block]:
    """The volume that an instance boots from, if the environment file has ``boot_volume``."""
    wanted = group.settings.boot_volume
    if wanted is None:
        return []
    arguments = body(
        uuid=image,
        source_type="image",
        destination_type="volume",
        volume_size=group.boot,
        volume_type=wanted.type,
        boot_index=0,
        delete_on_termination=True,
    )
    return [Block("block_device", body=arguments, comment=group.settings.comment("boot_volume"))]
