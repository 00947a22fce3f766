"""``versions.tf`` and ``providers.tf``: the providers that the module uses, with a configuration for each region."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, Module, Ref
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.builder import RANDOM
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resource_types import PASSWORD, PRIVATE_KEY

_TLS = ("hashicorp/tls", "~> 4.0")
_OPENSTACK = ("terraform-provider-openstack/openstack", "~> 3.4")


def add(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The providers, after all other blocks."""
    providers = {"openstack": _OPENSTACK}
    if any(block.labels[:1] == (PASSWORD,) for block in made.module.blocks()):
        providers["random"] = RANDOM
    if any(block.labels[:1] == (PRIVATE_KEY,) for block in made.module.blocks()):
        providers["tls"] = _TLS
    made.head(providers, *_configured(layout, made.module))


def _configured(layout: OpenStackLayout, module: Module) -> list[Block]:
    """A ``provider`` block for each region that has resources."""
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
        made.append(Block("provider", ("openstack",), arguments, comment=tuple(words)))
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
