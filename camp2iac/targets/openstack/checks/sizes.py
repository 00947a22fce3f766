"""Sizes that the environment file does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.located import place
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.flavors import Flavor, candidates_of, words
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.settings import Size
from camp2iac.topology import quantities
from camp2iac.topology.model import Compute

STAGE = Stage.USE


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP611: no size has the name. CAMP610: no size is large enough."""
    for id_, group in layout.groups.items():
        flavor = layout.flavors[id_]
        if flavor.misfit == "unknown":
            yield _unknown(layout, group, flavor.wanted or "")
        elif flavor.misfit == "small":
            yield _small(layout, group, flavor)


def _unknown(layout: OpenStackLayout, group: MachineGroup, wanted: str) -> Diagnostic:
    settings = group.settings
    known = {size.name: size for size in settings.sizes}
    best = nearest(wanted, known)
    span = layout.environment.span("tiers", group.id, "size") or _span(layout, group)
    why = f"which it sets for {group.id}" if settings.size else f"which {group.id} requires"
    return Diagnostic(
        "CAMP611",
        f"{settings.file} has no size {wanted}, {why}",
        span,
        label="no size has this name",
        fixes=edits.part(place(wanted) or span, wanted, best, f"size: {best}"),
        help="" if best else f"{settings.file} has {choices(wanted, known) or 'no sizes'}",
    )


def _small(layout: OpenStackLayout, group: MachineGroup, flavor: Flavor) -> Diagnostic:
    largest, compute, file = candidates_of(group, flavor.wanted)[-1], flavor.compute, group.settings.file
    memory = quantities.words(max(compute.memory or 0, largest.memory))
    return Diagnostic(
        "CAMP610",
        f"no size in {file} is large enough for {group.id}: it requires {words(compute)}",
        _span(layout, group),
        label=f"the largest, {largest.name}, has {_has(largest)}",
        help=f"add a size to {file}:\n"
        f"sizes: {{ {group.id}: {{ flavor: FLAVOR, cores: {max(compute.cores or 1, largest.cores)}, "
        f"memory: {memory} }} }}",
    )


def _span(layout: OpenStackLayout, group: MachineGroup) -> Span:
    """The place of the requirement in the plan or in the environment file, or else of the tier."""
    if group.tier.compute:
        return group.tier.compute.span
    return layout.environment.span("tiers", group.id, "size") or group.tier.span


def _has(size: Size) -> str:
    return words(Compute(size.cores, size.memory, size.disk * 1024 if size.disk else None))
