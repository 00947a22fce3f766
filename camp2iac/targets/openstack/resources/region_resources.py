"""The shared resources of a region: router, networks, the security group for all instances, images, key pair."""

from __future__ import annotations

from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resources import images, key_pairs, networks, security_groups


def add(made: ModuleBuilder, layout: OpenStackLayout, region: Region) -> None:
    """All shared resources of a region."""
    here = [group for group in layout.groups.values() if group.region is region]
    networks.add_router(made, region, layout.app)
    for net in layout.networks.values():
        if net.region is region:
            networks.add(made, net)
    if here:
        security_groups.add_shared(made, layout.app, region)
    security_groups.add_existing(made, here)
    images.add(made, layout, region, here)
    key_pairs.add(made, layout.app, region)
