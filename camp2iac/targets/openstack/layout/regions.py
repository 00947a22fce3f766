"""The regions of the module, and the region of each tier.

Each region except the first has a provider alias, and its own networks, router, security groups, images and key pair,
because these belong to one region in OpenStack.
"""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.synth.module import Ref, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Tier, Topology


class Region(Record, frozen=True):
    """A region. ``name``: None for that of the credentials. ``alias``: of its provider; empty for the default one."""

    name: str | None
    alias: str
    settings: OpenStackSettings

    @property
    def provider(self) -> Ref | None:
        """The value of the argument ``provider``; None for the default provider."""
        return ref(f"openstack.{self.alias}") if self.alias else None

    def label(self, name: str) -> str:
        """The name in Terraform of a resource that every region has."""
        return f"{name}_{self.alias}" if self.alias else name

    @property
    def file(self) -> str:
        """The file with the region's shared resources."""
        return f"network-{self.alias.replace('_', '-')}.tf" if self.alias else "network.tf"


class Regions(Record, frozen=True):
    """The regions of a module. ``home``: that of the default provider. ``of``: maps tiers to regions."""

    home: Region
    of: Mapping[str, Region]

    @property
    def all(self) -> tuple[Region, ...]:
        """``home``, then the others by name."""
        others = {str(region.name): region for region in self.of.values() if region.alias}
        return (self.home, *(others[name] for name in sorted(others)))


def choose(topology: Topology, settings: OpenStackSettings) -> Regions:
    """The region of each tier: from ``tiers`` in the environment file, from the plan, or else the module's own region.

    The module's own region is that of the environment file, or else the only region in the plan, or else that of the
    credentials.
    """
    regions_said = {id_: _given(tier, settings) or _planned(tier) for id_, tier in topology.tiers.items()}
    named = sorted({name for name in regions_said.values() if name})
    own = settings.region or (named[0] if len(named) == 1 else None)
    home = Region(own, "", settings.within(own))
    others = {name: Region(name, names.region(name), settings.within(name)) for name in named if name != own}
    return Regions(home, {id_: others.get(name or "", home) for id_, name in regions_said.items()})


def _given(tier: Tier, settings: OpenStackSettings) -> str | None:
    """The region in the environment file. A tier of processes follows that of their component."""
    return settings.region_of(tier.id) or (settings.region_of(tier.follows) if tier.follows else None)


def _planned(tier: Tier) -> str | None:
    return tier.region.value if tier.region else None
