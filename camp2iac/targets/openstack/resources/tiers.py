"""A tier's file: its instances, and the resources that only they use."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.resources import (
    balancers,
    dns_records,
    flavors,
    instances,
    object_store,
    ports,
    public_addresses,
    secrets,
    security_groups,
    volumes,
)
from camp2iac.targets.openstack.resources.providers import place


def header(layout: OpenStackLayout, group: MachineGroup) -> str:
    """The comment at the beginning of the file: the part of the plan that it comes from."""
    before = layout.before.get(group.id)
    return f"{layout.file}: {before.id}, Balance" if before else f"{layout.file}: {group.id}"


def blocks(layout: OpenStackLayout, group: MachineGroup, machine: TierSoftware) -> list[Block]:
    """All blocks of the file, in their order."""
    before = [
        Block("locals", body=_locals(group, machine)),
        *secrets.passwords(layout, group),
        *flavors.block(layout, group),
        *security_groups.of_tier(layout, group),
        *([object_store.rule(group)] if machine.objects else []),
        *ports.ports(layout, group),
        *instances.server_group(layout, group),
        *volumes.volumes(layout, group),
    ]
    after = [
        instances.instance(layout, group, machine),
        *volumes.attachments(group),
        *balancers.blocks(layout, group),
        *public_addresses.blocks(layout, group),
    ]
    # Objects and DNS records are in the module's own region.
    records = dns_records.records(layout, group)
    return [*place(group.region, before), *machine.objects, *place(group.region, after), *records]


def _locals(group: MachineGroup, machine: TierSoftware) -> tuple[Attribute, ...]:
    found = [*ports.counted(group), *ports.located(group), *machine.locals]
    if instances.shared_user_data(group, machine.user_data):
        comment = "All instances of the tier have the same user data."
        found.append(Attribute(f"{group.label}_user_data", machine.user_data, comment=comment))
    return tuple(found)
