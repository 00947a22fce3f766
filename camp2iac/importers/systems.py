"""The operating systems that an imported plan needs on OpenStack, for the releases that the source names."""

from __future__ import annotations

from camp2iac.catalogue import Catalogue, Product, systems
from camp2iac.catalogue.versions import VersionRange
from camp2iac.detect.platforms import SYSTEMS
from camp2iac.importers.draft import DraftPlan, NotedValue
from camp2iac.record import Record

_WHY = "an image of this operating system has the releases that the source names"


class WantedRelease(Record, frozen=True):
    """A tier, its product, and the range of releases; empty if any will do."""

    tier: str
    product: str
    range: str


def choose(plan: DraftPlan, wanted: list[WantedRelease], catalogue: Catalogue) -> None:
    """Set ``image`` in the environment file for OpenStack, for all tiers or for those that need another system."""
    needs = {each.tier: _systems(catalogue[each.product], each.range) for each in wanted}
    needs = {tier: found for tier, found in needs.items() if found and SYSTEMS[0] not in found}
    if not needs:
        return
    settings = plan.environments.setdefault("openstack", {})
    common = [os for os in SYSTEMS if all(_suits(catalogue, each, os) for each in wanted)]
    if common:
        settings["image"] = NotedValue(common[0], _WHY)
    else:
        settings["tiers"] = {tier: {"image": NotedValue(found[0], _WHY)} for tier, found in needs.items()}


def _suits(catalogue: Catalogue, wanted: WantedRelease, os: str) -> bool:
    return os in _systems(catalogue[wanted.product], wanted.range)


def _systems(product: Product, range_: str) -> list[str]:
    """The operating systems that have a product in a range of releases, or whose vendor has it."""
    versions = VersionRange.parse(range_) if range_ else None
    own = [os for os in SYSTEMS if _has(product, os, versions)]
    return own or [os for os in SYSTEMS if _offers(product, os, versions)]


def _has(product: Product, os: str, versions: VersionRange | None) -> bool:
    release = product.available.get(systems.like(os))
    return (release is not None and (versions is None or release in versions)) or not product.available


def _offers(product: Product, os: str, versions: VersionRange | None) -> bool:
    vendors = product.recipe_for(os).vendors
    return any(versions is None or release in versions for vendor in vendors for release in vendor.releases(os))
