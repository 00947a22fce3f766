"""Assembles the module: each resource of the layout in its file."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record, field
from camp2iac.synth.module import Module, walk
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.protection import protect
from camp2iac.targets.openstack.keeping import KEEPS
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.resource_types import INSTANCE
from camp2iac.targets.openstack.resources import (
    certificates,
    companion_targets,
    companions,
    dns_records,
    encrypted_links,
    metadata,
    moves,
    object_store,
    outputs,
    providers,
    quota,
    region_resources,
    registries,
    releases,
    source_networks,
    stores,
    tiers,
    tracking,
    unused,
    variables,
)

#: the first files, in this order
_FIRST = ("versions.tf", "providers.tf", "variables.tf", "network.tf")


class Resources(Record, frozen=True):
    """The module, and facts about its resources.

    ``reruns``: maps resources and local values that instances poll to the instances. ``tracked``: maps addresses to
    names for people.
    """

    module: Module
    reruns: Mapping[str, str] = field(default_factory=dict)
    tracked: Mapping[str, Tracked] = field(default_factory=dict)


def resources(layout: OpenStackLayout, machines: Mapping[str, TierSoftware]) -> Resources:
    """The module of a layout. ``machines``: the software of each tier."""
    made = ModuleBuilder(layout.topology, layout.environment)
    made.module.files.update({file: [] for file in _FIRST})
    reruns: dict[str, str] = {}
    named: dict[str, Tracked] = {}
    for id_, group in layout.groups.items():
        tiers.add(made, layout, group, machines[id_])
        released = object_store.releases(machines[id_].objects)
        released += [found.address for value in machines[id_].metadata.values() for found in walk(value)]
        reruns |= dict.fromkeys(released, f"{INSTANCE}.{group.label}")
        named |= tracking.tracked(layout, group, made.module.files[group.file])
    for group in layout.groups.values():
        outputs.add(made, layout, group)
    outputs.add_bastion(made, layout)
    outputs.add_passwords(made, layout)
    companion_targets.add(made, layout)
    variables.add(made, layout)
    releases.add(made, layout)
    registries.add(made, layout)
    certificates.add(made, layout)
    encrypted_links.add_ca(made, layout)
    object_store.add(made, layout.app, layout.settings)
    tracked: Mapping[str, Tracked] = {**named, **stores.add(made, layout), **tracking.secrets(layout)}
    tracked = {**tracked, **companions.add(made, layout, machines)}
    _add_networks(made, layout)
    quota.add(made, layout)
    unused.leave_out(made.module, layout.regions)
    for group in layout.groups.values():
        moves.add(made, group)
    tracked = protect(made.module, tracked, KEEPS, layout.environment)
    providers.add(made, layout)
    return Resources(made.module, reruns, tracked)


def _add_networks(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    metadata.add(made, layout)
    source_networks.add(made, layout)
    for region in layout.regions.all:
        region_resources.add(made, layout, region)
    dns_records.add_zone(made, layout)
