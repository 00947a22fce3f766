"""Flavors: the smallest size that is large enough, or a variable if the environment file has no sizes."""

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

    ``size``: its size in the environment file; None: a variable names the flavor. ``wanted``: the name of the size in
    ``tiers`` of the environment file, or in the plan. ``misfit``: why no size matches: there is none with that name, or
    none is large enough.
    """

    name: Value
    size: Size | None
    compute: Compute
    wanted: str | None
    comment: str
    misfit: Literal["unknown", "small"] | None = None

    @property
    def checked(self) -> bool:
        """Whether the plan has requirements that a data source can check."""
        return any((self.compute.cores, self.compute.memory, self.compute.disk))

    @property
    def by_id(self) -> bool:
        """Whether ``name`` is an id."""
        return self.size is not None and self.size.by_id


def choose(group: MachineGroup) -> Flavor:
    """The flavor of a tier's instances."""
    settings = group.settings
    compute = group.tier.compute.value if group.tier.compute else Compute()
    if settings.boot_volume:
        compute = replace(compute, disk=None)  # the volume is the disk
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
    """The sizes in the environment file, smallest first, or only the one with the name ``wanted``."""
    return tuple(size for size in group.settings.sizes if wanted in (None, size.name))


def _fits(size: Size, compute: Compute) -> bool:
    disk = compute.disk is None or size.disk is None or size.disk * 1024 >= compute.disk
    return disk and size.cores >= (compute.cores or 0) and size.memory >= (compute.memory or 0)


def words(compute: Compute) -> str:
    """``1 core and 2 GiB of memory``."""
    parts = []
    if compute.cores:
        parts.append(f"{compute.cores} core{'s' if compute.cores > 1 else ''}")
    if compute.memory:
        parts.append(f"{quantities.words(compute.memory)} of memory")
    if compute.disk:
        parts.append(f"{quantities.words(compute.disk)} of disk")
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
