"""Images: which one a tier's machines are made of, by the operating system or by the environment's word on the tier."""

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

    ``system``: the operating system, the plan's word or else the environment's. ``given``: the image's name or id; None
    where the environment does not say it: then ``variable`` names it. ``own``: the environment gives the tier an image
    of its own. ``label``: of its data source. ``comment``: where it is said; empty: nowhere.
    """

    system: str
    given: str | None
    variable: str
    own: bool
    label: str
    comment: str

    @property
    def looked_up(self) -> bool:
        """Whether Terraform asks the cloud for it."""
        return self.given is None or not is_id(self.given)

    @property
    def id(self) -> Value:
        """Its id."""
        return ref(f"data.{IMAGE}.{self.label}", ".id") if self.looked_up else self.given


def choose(group: MachineGroup) -> Image:
    """The image of a tier's machines."""
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
    """The operating system of a tier's machines: the plan's word, else the environment's."""
    compute = group.tier.compute
    return (compute.value.os if compute else None) or group.settings.os


def in_order(groups: Iterable[MachineGroup], images: Mapping[str, Image]) -> list[Image]:
    """The images of these groups, those of their regions' usual operating system first."""

    def place(group: MachineGroup) -> tuple[bool, str, str]:
        system = images[group.id].system
        return system != group.region.settings.os, system, group.id

    return [images[group.id] for group in sorted(groups, key=place)]
