"""Key pairs that the module creates."""

from __future__ import annotations

from camp2iac.synth.module import Block, body
from camp2iac.targets.openstack.layout.key_pairs import label
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resource_types import KEY_PAIR


def made(app: str, region: Region) -> list[Block]:
    """The key pair of a region, if the environment file has a public key."""
    settings = region.settings
    if not settings.public_key:
        return []
    arguments = body(name=settings.key_pair or app, public_key=settings.public_key)
    return [Block("resource", (KEY_PAIR, label(region)), arguments, comment=settings.comment("public_key"))]
