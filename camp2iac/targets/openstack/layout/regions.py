"""Regions: which the module is in, which tier is where, and what is there once for all machines of a region.

Each region but the first has a provider of its own, by alias, and networks, router, groups, images and key pair of its
own: what OpenStack keeps apart by region.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camp2iac.record import Record, replace
from camp2iac.synth.module import Attribute, Block, Ref, ref
from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Tier, Topology

_AFTER = ("for_each", "count")


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

    def place(self, blocks: Iterable[Block]) -> list[Block]:
        """The blocks, with this region's provider."""
        if not self.alias:
            return list(blocks)
        provider = Attribute("provider", Ref(f"openstack.{self.alias}"))
        return [_with(block, provider) for block in blocks]


def _with(block: Block, provider: Attribute) -> Block:
    if block.type not in ("resource", "data") or not block.labels[0].startswith("openstack_"):
        return block
    repeated = [item for item in block.body if isinstance(item, Attribute) and item.name in _AFTER]
    rest = [item for item in block.body if item not in repeated]
    return replace(block, body=(*repeated, provider, *rest))


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


def account(tier: Tier, region: Region, ledger: Ledger) -> None:
    """What becomes of the plan's word on a tier's region."""
    statement = tier.region
    if statement is None:
        return
    if statement.value == region.name:
        ledger.keep(statement, f"provider openstack.{region.alias}" if region.alias else "the provider's region")
    else:
        where = region.settings.file
        ledger.degrade(statement, str(region.name), f"{where} puts the tier {tier.id} into {region.name}.")


def providers(regions: Regions, settings: OpenStackSettings, file: str, used: frozenset[str]) -> list[Block]:
    """A provider for each region. ``used``: the aliases that blocks name; the default one is empty."""
    comment = "The cloud and the credentials come from the shell: OS_CLOUD and clouds.yaml, or the OS_* variables."
    made: list[Block] = []
    for region in regions.all:
        if region.alias not in used:
            continue
        words = [] if made else [comment]
        if not region.alias and settings.region:
            words.append(settings.comment("region"))
        if region.alias:
            words.append(_reason(region, regions, settings, file))
        made.append(
            Block(
                "provider",
                ("openstack",),
                tuple(
                    Attribute(name, value)
                    for name, value in (("alias", region.alias or None), ("region", region.name))
                    if value
                ),
                comment="\n".join(words),
            )
        )
    return made


def _reason(region: Region, regions: Regions, settings: OpenStackSettings, file: str) -> str:
    tiers = [id_ for id_, of in regions.of.items() if of is region]
    ours = [settings.of_tier(id_).comment("region") for id_ in tiers if settings.region_of(id_)]
    plans = [f"{file}: {id_}, Placement: region" for id_ in tiers if not settings.region_of(id_)]
    return "; ".join([*plans, *ours])


def provider(region: Region) -> Ref:
    """The provider as a value of ``provider``."""
    return ref(f"openstack.{region.alias}" if region.alias else "openstack")
