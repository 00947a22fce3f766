"""CAMP470: no image of a product has a release that the plan asks for."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.containers import offers
from camp2iac.targets.containers.layout.layout import ContainerLayout


def check(layout: ContainerLayout) -> Iterator[Diagnostic]:
    """Check the services that the environment file names no image for."""
    for id_, container in layout.services.items():
        service = container.service
        if service.version is None or container.release is None:
            continue
        if offers.fitting(container.offer.tags, service) is None:
            has = listed([str(release) for release in container.offer.tags], "and")
            yield Diagnostic(
                "CAMP470",
                f"no image of {service.product.title} has the release that {service.name} requires: "
                f"{service.version.value}",
                service.version.span,
                label=service.version.value.words(),
                notes=(f"camp2iac knows the releases {has} of the image {container.offer.image}",),
                help=f"use one of these, or name an image in the environment file:  images: {{ {id_}: IMAGE }}",
            )
