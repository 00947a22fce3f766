"""Sizes of machines: the smallest that fits, or a variable where the environment knows none."""

from __future__ import annotations

from typing import Literal

from camp2iac.record import Record, replace
from camp2iac.synth.module import Value, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.settings import Size
from camp2iac.topology import quantities
from camp2iac.topology.model import Compute


class Flavor(Record, frozen=True):
    """A tier's flavor.

    ``size``: what the environment says of it; None: a variable names it. ``wanted``: the size that the environment's
    word on the tier, or the plan, asks for by name. ``misfit``: why there is none though the environment has sizes: it
    has not the wanted one, or none that is large enough.
    """

    name: Value
    size: Size | None
    compute: Compute
    wanted: str | None
    comment: str
    misfit: Literal["unknown", "small"] | None = None

    @property
    def checked(self) -> bool:
        """Whether the plan asks for something that the cloud can be asked about."""
        return any((self.compute.cores, self.compute.memory, self.compute.disk))

    @property
    def by_id(self) -> bool:
        """Whether ``name`` is an id."""
        return self.size is not None and self.size.by_id


def choose(group: MachineGroup) -> Flavor:
    """The size of a tier's machines."""
    settings = group.settings
    compute = group.tier.compute.value if group.tier.compute else Compute()
    if settings.boot_volume:
        compute = replace(compute, disk=None)  # its own disk is that volume
    wanted = settings.size or compute.size
    asked = Flavor(ref(f"var.{names.flavor(group.id)}"), None, compute, wanted, "")
    if not settings.sizes and not settings.size:
        return asked
    candidates = candidates_of(group, wanted)
    if not candidates:
        return replace(asked, misfit="unknown")
    fitting = [size for size in candidates if _fits(size, compute)]
    if not fitting:
        return replace(asked, misfit="small")
    comment = settings.comment("size" if settings.size else "sizes")
    return replace(asked, name=fitting[0].flavor, size=fitting[0], comment=comment)


def candidates_of(group: MachineGroup, wanted: str | None) -> tuple[Size, ...]:
    """The environment's sizes, smallest first, or the one of that name."""
    return tuple(size for size in group.settings.sizes if wanted in (None, size.name))


def _fits(size: Size, compute: Compute) -> bool:
    disk = compute.disk is None or size.disk is None or size.disk * 1024 >= compute.disk
    return disk and size.cores >= (compute.cores or 0) and size.memory >= (compute.memory or 0)


def words(compute: Compute) -> str:
    """``1 core and 2 GiB``."""
    parts = []
    if compute.cores:
        parts.append(f"{compute.cores} core{'s' if compute.cores > 1 else ''}")
    if compute.memory:
        parts.append(quantities.words(compute.memory))
    if compute.disk:
        parts.append(f"a disk of {quantities.words(compute.disk)}")
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
