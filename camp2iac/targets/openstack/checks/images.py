"""An image whose name tells another operating system than the plan asks for."""

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
            f"{id_} asks for {asked.value.os}, and {environment.shown} gives it an image with {has}: {image.given}",
            span or asked.span,
            label="another operating system",
            related=(Label(asked.span, "asked for here"),) if span else (),
            help=f"name an image with {asked.value.os}, or say what is on this one  os: {asked.value.os}",
        )


def _has(group: MachineGroup, image: str | None) -> str | None:
    """The operating system of an image: what the environment says of the tier, else what the name tells."""
    if group.settings.of_the_tier("os"):
        return group.settings.os
    return os_of(image) if image else None
