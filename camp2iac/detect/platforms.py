"""What an environment file must decide for the releases that the code needs: the operating system of instances."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.catalogue import Catalogue, Product, systems
from camp2iac.catalogue.versions import VersionRange
from camp2iac.detect.applications import Application
from camp2iac.detect.plan import shared

#: Operating systems of images, the preferred ones first: the default of OpenStack's environment files is the first.
SYSTEMS = ("debian-12", "debian-13", "ubuntu-24.04", "ubuntu-22.04", "debian-11", "rocky-9")
UNPROVEN = ("rocky-9",)  # no proof boots these


def images(applications: Sequence[Application], catalogue: Catalogue) -> dict[str, str] | None:
    """What OpenStack's environment file sets: ``image`` for all instances, or ``tiers.NAME.image`` for those of one
    application or service. Empty: nothing. None: no operating system has what some application needs.
    """
    chosen = {application.name: _system(application, catalogue) for application in applications}
    found = {name: os for name, os in chosen.items() if os is not None}
    if len(found) < len(chosen):
        return None
    services = shared(applications, catalogue)
    same = set(found.values())
    if len(same) == 1 and all(_has(next(iter(same)), catalogue[each.product], each.range) for each in services):
        os = next(iter(same))
        return {} if os == SYSTEMS[0] else {"image": os}
    for service in services:
        product = catalogue[service.product]
        found[service.id] = next((os for os in SYSTEMS if _has(os, product, service.range)), SYSTEMS[0])
    return {f"tiers.{name}.image": os for name, os in found.items() if os != SYSTEMS[0]}


def _system(application: Application, catalogue: Catalogue) -> str | None:
    """The first operating system that has its product, in the releases that the code needs, or whose vendor has it."""
    wish = application.wish
    if wish is not None and not wish.range:
        return None
    product, range_ = catalogue[application.product], wish.range if wish else ""
    found = (os for has in (_has, _offers) for os in SYSTEMS if has(os, product, range_))
    return next(found, None)


def _has(os: str, product: Product, range_: str) -> bool:
    """Whether an operating system has a product, in a release of the range."""
    release, wanted = product.available.get(systems.like(os)), VersionRange.parse(range_) if range_ else None
    return release is not None and (wanted is None or release in wanted)


def _offers(os: str, product: Product, range_: str) -> bool:
    """Whether the repository of a vendor has a product for an operating system, in a release of the range."""
    wanted = VersionRange.parse(range_) if range_ else None
    vendors = product.recipe_for(os).vendors
    return any(wanted is None or release in wanted for vendor in vendors for release in vendor.releases(os))


def refused(applications: Sequence[Application], catalogue: Catalogue) -> str:
    """Why no operating system fits: the first release that none has; empty if the reason is another."""
    for application in applications:
        wish, product = application.wish, catalogue[application.product]
        if wish is not None and _system(application, catalogue) is None:
            title = product.title if product.name != "django" else application.project.language.title
            return f"{wish.file} needs {title} {wish.words}, and no operating system in the catalogue has it"
    return ""
