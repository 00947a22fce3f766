"""What an environment file must decide for the releases that the code needs: the operating system of instances."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.catalogue import Catalogue, systems
from camp2iac.catalogue.versions import VersionRange
from camp2iac.detect.applications import Application

#: Operating systems of images, the preferred ones first: the default of OpenStack's environment files is the first.
SYSTEMS = ("debian-12", "debian-13", "ubuntu-24.04", "ubuntu-22.04", "debian-11", "rocky-9")
UNPROVEN = ("rocky-9",)  # no proof boots these


def images(applications: Sequence[Application], catalogue: Catalogue) -> dict[str, str] | None:
    """What OpenStack's environment file sets: ``image`` for all instances, or ``tiers.NAME.image`` for those of one
    application. Empty: nothing. None: no operating system has what some application needs.
    """
    chosen = {application.name: _system(application, catalogue) for application in applications}
    found = {name: os for name, os in chosen.items() if os is not None}
    if len(found) < len(chosen):
        return None
    same = set(found.values())
    products = {use.product for application in applications for use in application.uses}
    if len(same) == 1:
        os = next(iter(same))
        if os == SYSTEMS[0]:
            return {}
        if all(systems.like(os) in catalogue[product].available for product in products):
            return {"image": os}
    return {f"tiers.{name}.image": os for name, os in found.items() if os != SYSTEMS[0]}


def _system(application: Application, catalogue: Catalogue) -> str | None:
    """The first operating system that has its product, in the releases that the code needs."""
    wish, available = application.wish, catalogue[application.product].available
    if wish is not None and not wish.range:
        return None
    wanted = VersionRange.parse(wish.range) if wish is not None else None
    releases = ((os, available.get(systems.like(os))) for os in SYSTEMS)
    return next((os for os, each in releases if each is not None and (wanted is None or each in wanted)), None)


def refused(applications: Sequence[Application], catalogue: Catalogue) -> str:
    """Why no operating system fits: the first release that none has; empty if the reason is another."""
    for application in applications:
        wish, product = application.wish, catalogue[application.product]
        if wish is not None and _system(application, catalogue) is None:
            title = product.title if product.name != "django" else application.project.language.title
            return f"{wish.file} needs {title} {wish.words}, and no operating system in the catalogue has it"
    return ""
