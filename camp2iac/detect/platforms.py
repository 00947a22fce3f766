"""What an environment file must decide for the releases that the code needs: the operating system of instances."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.catalogue import Catalogue, systems
from camp2iac.catalogue.versions import VersionRange
from camp2iac.detect.applications import Application

#: Operating systems of images, the preferred ones first: the default of OpenStack's environment files is the first.
SYSTEMS = ("debian-12", "debian-13", "ubuntu-24.04", "ubuntu-22.04", "debian-11", "rocky-9")


def system(applications: Sequence[Application], catalogue: Catalogue) -> str | None:
    """The first operating system that has all products, in the releases that the code needs; None if none has."""
    return next((os for os in SYSTEMS if all(_has(os, each, catalogue) for each in applications)), None)


def _has(os: str, application: Application, catalogue: Catalogue) -> bool:
    wish = application.wish
    os = systems.like(os)
    release = catalogue[application.product].available.get(os)
    if release is None or (wish is not None and not wish.range):
        return False
    wanted = VersionRange.parse(wish.range) if wish is not None else None
    return (wanted is None or release in wanted) and all(
        os in catalogue[use.product].available for use in application.uses
    )


def refused(applications: Sequence[Application], catalogue: Catalogue) -> str:
    """Why no operating system fits: the first release that none has; empty if the reason is another."""
    for application in applications:
        wish, product = application.wish, catalogue[application.product]
        if wish is not None and not any(_has(os, application, catalogue) for os in SYSTEMS):
            title = product.title if product.name != "django" else application.project.language.title
            return f"{wish.file} needs {title} {wish.words}, and no operating system in the catalogue has it"
    return ""
