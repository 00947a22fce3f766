"""The image of each tier's instances, from the operating system or from ``tiers`` in the environment file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camp2iac.record import Record
from camp2iac.synth.module import Value, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.settings import is_id
from camp2iac.targets.openstack.resource_types import IMAGE


class Image(Record, frozen=True):
    """A tier's image.

    ``system``: the operating system in the plan, or else in the environment file. ``given``: the image's name or id;
    None: ``variable`` names it. ``own``: the environment file has an image for the tier itself. ``label``: of its data
    source. ``comment``: the place in the environment file; empty without one.
    """

    system: str
    given: str | None
    variable: str
    own: bool
    label: str
    comment: str

    @property
    def looked_up(self) -> bool:
        """Whether it needs a data source."""
        return self.given is None or not is_id(self.given)

    @property
    def id(self) -> Value:
        """Its id."""
        return ref(f"data.{IMAGE}.{self.label}", ".id") if self.looked_up else self.given


def choose(group: MachineGroup) -> Image:
    """The image of a tier's instances."""
    own = "image" in group.settings.own and group.settings.image != group.region.settings.image
    regional, system = group.region.settings, system_of(group)
    given = group.settings.image if own else regional.image_of(system)
    settings = group.settings if own else regional
    usual = system == regional.os
    other = names.label(system.replace(".", "-"))
    return Image(
        system=system,
        given=given,
        variable=group.region.label("image" if usual else f"image_{other}"),
        own=own,
        label=group.label if own else group.region.label("machine" if usual else other),
        comment=settings.comment("image" if own or system not in settings.images else "images") if given else "",
    )


def system_of(group: MachineGroup) -> str:
    """The operating system of a tier's instances: that in the plan, or else in the environment file."""
    compute = group.tier.compute
    return (compute.value.os if compute else None) or group.settings.os


def in_order(groups: Iterable[MachineGroup], images: Mapping[str, Image]) -> list[Image]:
    """The images of these groups. Those with the default operating system of their region come first."""

    def place(group: MachineGroup) -> tuple[bool, str, str]:
        system = images[group.id].system
        return system != group.region.settings.os, system, group.id

    return [images[group.id] for group in sorted(groups, key=place)]
