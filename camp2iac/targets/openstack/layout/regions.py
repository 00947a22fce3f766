"""Regions: which the module is in, and which tier is where.

Each region but the first has a provider of its own, by alias, and networks, router, groups, images and key pair of its
own: what OpenStack keeps apart by region.
"""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.synth.module import Ref, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Tier, Topology


class Region(Record, frozen=True):
    """A region. ``name`` None: that of the credentials. ``alias``: of its provider; empty: the default provider's."""

    name: str | None
    alias: str
    settings: OpenStackSettings

    def label(self, name: str) -> str:
        """The name in Terraform of something that every region has one of."""
        return f"{name}_{self.alias}" if self.alias else name

    @property
    def file(self) -> str:
        """The file with what its machines share."""
        return f"network-{self.alias.replace('_', '-')}.tf" if self.alias else "network.tf"


class Regions(Record, frozen=True):
    """The regions of a module: ``home`` is the default provider's; ``of``: tier to region."""

    home: Region
    of: Mapping[str, Region]

    @property
    def all(self) -> tuple[Region, ...]:
        """``home``, then the others by name."""
        others = {str(region.name): region for region in self.of.values() if region.alias}
        return (self.home, *(others[name] for name in sorted(others)))


def choose(topology: Topology, settings: OpenStackSettings) -> Regions:
    """The region of each tier: the environment's word on the tier, the plan's, else the module's own region.

    That is the environment's, or the one region that the plan names; where it names several, the credentials'.
    """
    regions_said = {id_: settings.region_of(id_) or _planned(tier) for id_, tier in topology.tiers.items()}
    named = sorted({name for name in regions_said.values() if name})
    own = settings.region or (named[0] if len(named) == 1 else None)
    home = Region(own, "", settings.within(own))
    others = {name: Region(name, names.region(name), settings.within(name)) for name in named if name != own}
    return Regions(home, {id_: others.get(name or "", home) for id_, name in regions_said.items()})


def _planned(tier: Tier) -> str | None:
    return tier.region.value if tier.region else None


def provider(region: Region) -> Ref:
    """The provider as a value of ``provider``."""
    return ref(f"openstack.{region.alias}" if region.alias else "openstack")
