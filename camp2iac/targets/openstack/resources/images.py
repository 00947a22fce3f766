"""Data sources of images: the newest image with each name."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.synth.module import ref
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.images import in_order
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resource_types import IMAGE


def add(made: ModuleBuilder, layout: OpenStackLayout, region: Region, groups: Iterable[MachineGroup]) -> None:
    """The images of one region's instances."""
    found = {image.label: image for image in in_order(groups, layout.images) if image.looked_up}
    for label, image in found.items():
        name = image.given or ref(f"var.{image.variable}")
        made.data(
            region.file, IMAGE, label, comment=image.comment, provider=region.provider, name=name, most_recent=True
        )
