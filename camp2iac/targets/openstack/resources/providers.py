"""The ``provider`` blocks, one for each region, and the ``provider`` argument of other blocks."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.record import replace
from camp2iac.synth.module import Attribute, Block, Module, Ref
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.regions import Region

_REPEATED = ("for_each", "count")


def place(region: Region, blocks: Iterable[Block]) -> list[Block]:
    """The blocks with the provider of a region as an argument."""
    if not region.alias:
        return list(blocks)
    provider = Attribute("provider", Ref(f"openstack.{region.alias}"))
    return [_with(block, provider) for block in blocks]


def _with(block: Block, provider: Attribute) -> Block:
    if block.type not in ("resource", "data") or not block.labels[0].startswith("openstack_"):
        return block
    repeated = [item for item in block.body if isinstance(item, Attribute) and item.name in _REPEATED]
    rest = [item for item in block.body if item not in repeated]
    return replace(block, body=(*repeated, provider, *rest))


def providers(layout: OpenStackLayout, module: Module) -> list[Block]:
    """A provider for each region that has resources."""
    comment = "The cloud and the credentials come from OS_CLOUD and clouds.yaml, or from the other OS_* variables."
    used, settings = _used(module), layout.settings
    made: list[Block] = []
    for region in layout.regions.all:
        if region.alias not in used:
            continue
        words = [] if made else [comment]
        if not region.alias and settings.region:
            words.append(settings.comment("region"))
        if region.alias:
            words.append(_reason(layout, region))
        named = (("alias", region.alias or None), ("region", region.name))
        arguments = tuple(Attribute(name, value) for name, value in named if value)
        made.append(Block("provider", ("openstack",), arguments, comment="\n".join(words)))
    return made


def _used(module: Module) -> frozenset[str]:
    """The aliases that blocks use; empty for the default provider."""
    of_openstack = (b for b in module.blocks() if b.labels and b.labels[0].startswith("openstack_"))
    named = (block.get("provider") for block in of_openstack)
    return frozenset(ref.address.partition(".")[2] if isinstance(ref, Ref) else "" for ref in named)


def _reason(layout: OpenStackLayout, region: Region) -> str:
    settings = layout.settings
    tiers = [id_ for id_, of in layout.regions.of.items() if of is region]
    ours = [settings.of_tier(id_).comment("region") for id_ in tiers if settings.region_of(id_)]
    plans = [f"{layout.file}: {id_}, Placement: region" for id_ in tiers if not settings.region_of(id_)]
    return "; ".join([*plans, *ours])
