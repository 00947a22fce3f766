"""The shared resources of a region: router, networks, the security group for all instances, images, key pair."""

from __future__ import annotations

from camp2iac.synth.module import Block
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resources import images, key_pairs, networks, security_groups
from camp2iac.targets.openstack.resources.providers import place


def blocks(layout: OpenStackLayout, region: Region) -> list[Block]:
    """All shared resources of a region."""
    here = [group for group in layout.groups.values() if group.region is region]
    made = networks.way_out(region, layout.app)
    for net in layout.networks.values():
        made += networks.blocks(net, layout.app) if net.region is region else []
    made += security_groups.everyone(layout.app, region) if here else []
    made += security_groups.there(here)
    made += images.blocks(layout, here)
    return place(region, [*made, *key_pairs.made(layout.app, region)])
