"""Assembles the module: each resource of the layout in its file."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record, field
from camp2iac.synth.module import Module
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.resource_types import INSTANCE
from camp2iac.targets.openstack.resources import (
    dns_records,
    metadata,
    moves,
    object_store,
    outputs,
    providers,
    quota,
    region_resources,
    secrets,
    source_networks,
    tiers,
    tracking,
    unused,
    variables,
    versions,
)

#: the first files, in this order
_FIRST = ("versions.tf", "providers.tf", "variables.tf", "network.tf")


class Resources(Record, frozen=True):
    """The module, and facts about its resources.

    ``reruns``: maps resources that instances poll to the instances. ``tracked``: maps addresses to names for people.
    """

    module: Module
    reruns: Mapping[str, str] = field(default_factory=dict)
    tracked: Mapping[str, Tracked] = field(default_factory=dict)


def resources(layout: OpenStackLayout, machines: Mapping[str, TierSoftware]) -> Resources:
    """The module of a layout. ``machines``: the software of each tier."""
    module = Module()
    for file in _FIRST:
        module.files[file] = []
    reruns: dict[str, str] = {}
    tracked: dict[str, Tracked] = {}
    for id_, group in layout.groups.items():
        tier = tiers.blocks(layout, group, machines[id_])
        module.headers[names.file(id_)] = tiers.header(layout, group)
        module.add(names.file(id_), *tier)
        released = object_store.releases(machines[id_].objects)
        reruns |= dict.fromkeys(released, f"{INSTANCE}.{group.label}")
        tracked |= tracking.tracked(layout.topology, group, tier)
    for group in layout.groups.values():
        module.add("outputs.tf", *outputs.blocks(layout, group))
    module.add("outputs.tf", *outputs.passwords(layout))
    if generated := secrets.secrets(layout.topology):
        module.add("secrets.tf", *generated)
    if stored := [block for block in module.blocks() if object_store.is_object(block)]:
        module.add(object_store.FILE, *object_store.common(layout.app, layout.settings, stored))
    _network(layout, module)
    module.add("variables.tf", *variables.blocks(layout))
    if sums := quota.blocks(layout, module):
        module.add(quota.FILE, *sums)
    unused.leave_out(module, layout.regions)
    _moved(layout, module)
    _head(layout, module)
    return Resources(module, reruns, tracked)


def _network(layout: OpenStackLayout, module: Module) -> None:
    module.add("network.tf", metadata.described(layout), *source_networks.blocks(layout.topology))
    for region in layout.regions.all:
        module.add(region.file, *region_resources.blocks(layout, region))
    module.add("network.tf", *dns_records.zone(layout))


def _moved(layout: OpenStackLayout, module: Module) -> None:
    """The ``moved`` blocks, which keep the first instance when Scale is added to a tier or removed."""
    for group in layout.groups.values():
        module.add(moves.FILE, *moves.blocks(group, module.files[names.file(group.id)]))
    if module.files.get(moves.FILE):
        module.headers[moves.FILE] = moves.HEADER


def _head(layout: OpenStackLayout, module: Module) -> None:
    """``versions.tf`` and ``providers.tf``, with only what the module uses."""
    module.headers["versions.tf"] = versions.header(layout)
    module.add("versions.tf", versions.block(module))
    module.add("providers.tf", *providers.providers(layout, module))
