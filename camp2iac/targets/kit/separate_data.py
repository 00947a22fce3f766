"""CAMP320: a service that keeps data, on a tier that can have several instances."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.diagnostics.suggest import listed
from camp2iac.topology.model import Service, Tier, Topology

WHY = "Each instance has separate data, and nothing copies data between them (CAMP320)."
ADVICE = "Give the service a tier of its own, with one instance."


def apart(topology: Topology, service: Service) -> bool:
    """Whether a service has separate data on each of several instances, and the application does not know all."""
    tier = topology.tiers.get(service.tier)
    if tier is None or service.href is not None or not service.product.data:
        return False
    return several(tier) > 0 and not knows_all(topology, service)


def several(tier: Tier) -> int:
    """The most instances of a tier, if that is more than one; 0 otherwise."""
    most = tier.scale.value.maximum if tier.scale else 1
    return most if most > 1 else 0


def knows_all(topology: Topology, service: Service) -> bool:
    """Whether the application gets all addresses of a service instead of one, so that it can use each."""
    references = [*topology.references_to.get(service.tier, ()), *topology.references_to.get(service.id, ())]
    return not topology.users(service.id) and any(each.kind == "IPALL" for each in references)


def warn(topology: Topology, service: Service, where: str, notes: Sequence[str]) -> Diagnostic:
    """The warning. ``where``: what the tier has several of: instances, containers."""
    tier = topology.tiers[service.tier]
    return Diagnostic(
        "CAMP320",
        f"{service.name} has separate data in each of up to {several(tier)} {where}",
        _place(service),
        label=f"nothing copies data between the {where}",
        related=(Label(tier.scale.span, f"up to {several(tier)} {where}"),) if tier.scale else (),
        notes=tuple(notes),
        help=_help(topology, service, tier),
    )


def users(topology: Topology, service: Service, tier: str | None = None) -> str:
    """The components that connect to a service, in words: all, or those on one tier. Empty without any."""
    links = topology.users(service.id)
    names = [topology.components[each.component] for each in links]
    return listed(list(dict.fromkeys(each.name for each in names if tier in (None, each.tier))), "and")


def _place(service: Service) -> Span:
    return service.placed.span if service.placed is not None else service.span


def _help(topology: Topology, service: Service, tier: Tier) -> str:
    others = [each for each in tier.services if each != service.id]
    if not others:
        return f"remove Scale from {service.id}, or write  max: 1"
    name = service.id if service.id not in topology.tiers else f"{service.id}-data"
    return (
        f"give {service.id} a tier of its own, which has one instance:\n"
        f"- characteristic_type: org.camp2iac:Placement\n  tier: {name}"
    )
