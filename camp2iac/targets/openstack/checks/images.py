"""Images with another operating system than the plan requires."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.settings import os_of


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP621."""
    environment = layout.environment
    for id_, group in layout.groups.items():
        image, asked = layout.images[id_], group.tier.compute
        has = _has(group, image.given)
        if asked is None or asked.value.os is None or not image.own or has in (None, asked.value.os):
            continue
        span = environment.span("tiers", id_, "image")
        yield Diagnostic(
            "CAMP621",
            f"{id_} requires {asked.value.os}, but its image in {environment.shown} has {has}: {image.given}",
            span or asked.span,
            label=f"an image with {has}",
            related=(Label(asked.span, f"requires {asked.value.os}"),) if span else (),
            help=f"write an image with {asked.value.os}, or correct the operating system of this one:  "
            f"os: {asked.value.os}",
        )


def _has(group: MachineGroup, image: str | None) -> str | None:
    """The operating system of an image: that of the tier in the environment file, or else that in the image's name."""
    if group.settings.of_the_tier("os"):
        return group.settings.os
    return os_of(image) if image else None
