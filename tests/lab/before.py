"""What a plan or an environment says is there already: made before it is applied, and taken away after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from lab.cloud import Cloud
from lab.region import Region
from lab.wanted import Wanted

OUTSIDE = "public"


@contextmanager
def there(wanted: Wanted, cloud: Cloud) -> Iterator[frozenset[str]]:
    """Networks, the router, security groups, key pairs, in each region that the application uses; gives their names.

    Networks are where the first region's tiers use them: a name is one thing.
    """
    names: set[str] = set()
    with ExitStack() as undo:
        for name in sorted({wanted.region(tier) for tier in wanted.tiers}):
            region = cloud.region(name)
            mine = [tier for tier in wanted.tiers if wanted.region(tier) == name]
            router = wanted.of_region(name, "router")
            existing = {
                named: wanted.topology.networks[net].cidr if net in wanted.topology.networks else None
                for tier in mine
                for net in wanted.networks(tier)
                if (named := wanted.existing(net, name))
            }
            if existing or router:
                names |= _networks(region, str(router or "lab-before"), existing, undo)
            for group in sorted({each for tier in mine for each in wanted.groups_there(tier)} - {"default"}):
                made = region.user.network.create_security_group(name=group)
                undo.callback(region.user.network.delete_security_group, made)
                names.add(group)
            for key in sorted(_keys(wanted, mine)):
                region.user.compute.create_keypair(name=key)
                undo.callback(region.user.compute.delete_keypair, key)
                names.add(key)
        yield frozenset(names)


def newer_image(region: Region, name: str) -> Any:
    """A second image of that name, as when its maker publishes another."""
    return region.user.image.create_image(
        name=name, data=b"\0" * 1024, disk_format="raw", container_format="bare", wait=True
    )


def _keys(wanted: Wanted, tiers: list[str]) -> set[str]:
    """Those that are named and not made."""
    keys = {wanted.key_pair(tier) for tier in tiers} - {wanted.made_key(tier) for tier in tiers}
    return {str(key) for key in keys if key}


def _networks(region: Region, router: str, networks: Mapping[str, str | None], undo: ExitStack) -> set[str]:
    """A router, and the networks behind it."""
    asked = region.user.network
    outside = asked.find_network(OUTSIDE, ignore_missing=False)
    made = asked.create_router(name=router, external_gateway_info={"network_id": outside.id})
    undo.callback(asked.delete_router, made)
    for n, (name, cidr) in enumerate(sorted(networks.items())):
        network = asked.create_network(name=name)
        undo.callback(asked.delete_network, network)
        subnet = asked.create_subnet(network_id=network.id, ip_version=4, cidr=cidr or f"10.250.{n}.0/24")
        undo.callback(asked.delete_subnet, subnet)
        asked.add_interface_to_router(made, subnet_id=subnet.id)
        undo.callback(asked.remove_interface_from_router, made, subnet_id=subnet.id)
    return {router, *networks}
