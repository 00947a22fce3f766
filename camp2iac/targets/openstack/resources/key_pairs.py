"""Key pairs that the module creates."""

from __future__ import annotations

from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.key_pairs import label
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resource_types import KEY_PAIR


def add(made: ModuleBuilder, app: str, region: Region) -> None:
    """The key pair of a region, if the environment file has a public key."""
    settings = region.settings
    if settings.public_key:
        made.resource(
            region.file,
            KEY_PAIR,
            label(region),
            comment=settings.comment("public_key"),
            provider=region.provider,
            name=settings.key_pair or app,
            public_key=settings.public_key,
        )
