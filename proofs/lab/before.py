"""Create what a plan or an environment expects to exist, and remove it afterwards."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import yaml

from lab.cloud import Cloud
from lab.region import Region
from lab.wanted import Wanted

OUTSIDE = "public"


@contextmanager
def there(wanted: Wanted, cloud: Cloud) -> Iterator[frozenset[str]]:
    """Create networks, the router, security groups and key pairs in each region of the application, and the DNS zone.

    Gives their names. Networks are where the first region's tiers use them: a name is one thing.
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
        if named := wanted.environment.get("dns"):
            zone(cloud.first, str(named), undo)
        yield frozenset(names)


def zone(region: Region, name: str, undo: ExitStack) -> None:
    """A zone in the cloud's DNS, which is removed at the end."""
    asked = region.user.dns
    made = asked.create_zone(name=f"{name.rstrip('.')}.", email="hostmaster@lab.example")

    def delete() -> None:
        asked.delete_zone(made)
        _until(lambda: not list(asked.zones()))

    undo.callback(delete)
    _until(lambda: asked.get_zone(made).status == "ACTIVE")


def certificates(environment: Path, region: Region, undo: ExitStack) -> None:
    """Create a certificate in the key manager for each placeholder in an environment file."""
    text = environment.read_text()
    for component, address in ((yaml.safe_load(text) or {}).get("certificates") or {}).items():
        text = text.replace(str(address), _certificate(component, region, undo))
    environment.write_text(text)


def newer_image(region: Region, name: str) -> Any:
    """Add a second image of that name, as if a new version was published."""
    return region.user.image.create_image(
        name=name, data=b"\0" * 1024, disk_format="raw", container_format="bare", wait=True
    )


def _certificate(name: str, region: Region, undo: ExitStack) -> str:
    """Create a container with a new certificate and its key. Returns its address."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    pem = subprocess.run([*made, "-keyout", "-"], capture_output=True, text=True, check=True).stdout
    end = pem.index("-----BEGIN CERTIFICATE")
    keys = region.user.key_manager
    parts = []
    for part, payload in (("private_key", pem[:end]), ("certificate", pem[end:])):
        secret = keys.create_secret(name=f"{name} {part}", payload=payload, payload_content_type="text/plain")
        undo.callback(keys.delete_secret, secret.secret_id)
        parts.append({"name": part, "secret_ref": secret.secret_ref})
    container = keys.create_container(name=name, type="certificate", secret_refs=parts)
    undo.callback(keys.delete_container, container.container_id)
    return str(container.container_ref)


def _until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "the control plane does not do what it was asked for"
        time.sleep(0.5)


def _keys(wanted: Wanted, tiers: list[str]) -> set[str]:
    """Networks that are named, but not created."""
    keys = {wanted.key_pair(tier) for tier in tiers} - {wanted.made_key(tier) for tier in tiers}
    return {str(key) for key in keys if key}


def _networks(region: Region, router: str, networks: Mapping[str, str | None], undo: ExitStack) -> set[str]:
    """A router and the networks that it connects."""
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
