"""A tier's file: its instances, and the resources that only they use."""

from __future__ import annotations

from camp2iac.synth.module import Attribute
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import callers
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.resources import (
    baking,
    balancers,
    companions,
    dns_records,
    encrypted_links,
    flavors,
    instances,
    object_store,
    ports,
    public_addresses,
    registries,
    releases,
    secrets,
    security_groups,
    software_sources,
    volumes,
)


def _header(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> str:
    """The comment at the beginning of the file: the part of the plan that it comes from."""
    before = layout.before.get(group.id)
    return made.plan(callers.reason(before) if before else group.id)


def add(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup, machine: TierSoftware) -> None:
    """All resources of the tier, in the order of its file."""
    made.module.headers[group.file] = _header(made, layout, group)
    made.locals(group.file, *_locals(group, machine))
    secrets.add_passwords(made, layout, group)
    encrypted_links.add_certificates(made, layout, group)
    flavors.add(made, layout, group)
    security_groups.add(made, layout, group)
    if machine.objects:
        object_store.add_rule(made, group)
    releases.add_rules(made, layout, group, machine)
    software_sources.add_rules(made, layout, group)
    registries.add_rules(made, layout, group, machine)
    companions.add_rules(made, layout, group, machine)
    ports.add(made, layout, group)
    baking.add(made, layout, group, machine)
    instances.add_server_group(made, group)
    volumes.add(made, group)
    made.module.add(group.file, *machine.objects)
    instances.add(made, layout, group, machine)
    volumes.add_attachments(made, group)
    balancers.add(made, layout, group)
    public_addresses.add(made, layout, group)
    dns_records.add(made, layout, group)


def _locals(group: MachineGroup, machine: TierSoftware) -> tuple[Attribute, ...]:
    found = [*ports.counted(group), *ports.located(group), *machine.locals]
    if instances.shared_user_data(group, machine.user_data):
        comment = "All instances of the tier have the same user data."
        found.append(Attribute(f"{group.label}_user_data", machine.user_data, comment=comment))
    return tuple(found)
