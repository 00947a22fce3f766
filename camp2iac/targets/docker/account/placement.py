"""Outcomes of a tier: networks, scaling, and what a single computer does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.docker.layout import names
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Tier

_ONE = "All containers run on one computer."
_HELP = "None needed to try the plan."


def outcomes(layout: DockerLayout, tier: Tier) -> Iterator[LedgerEntry]:
    """The outcomes of a tier."""
    inside = [each for each in layout.workloads if each.tier.id == tier.id]
    if tier.scale is not None:
        scale = tier.scale.value
        if not inside:
            yield lost(tier.scale, "Nothing of this tier runs here.", "See its services.")
        elif scale.maximum > 1:
            yield kept(tier.scale, f"-var {names.count(tier.id)}=N")
        else:
            yield kept(tier.scale, "one container")
    if tier.compute is not None:
        why = "Containers share the cores and the memory of the engine, and bring their own operating system."
        yield degraded(tier.compute, "no limit", why, _HELP)
    if tier.networks is not None:
        yield kept(tier.networks, ", ".join(dict.fromkeys(tier.networks.value)))
    for statement in (tier.region, tier.zone, tier.spread, tier.together):
        if statement is not None:
            yield lost(statement, _ONE, _HELP)
    if tier.floating is not None:
        if tier.floating.value:
            yield lost(tier.floating, f"{_ONE} Their ports are published there.", _HELP)
        else:
            yield kept(tier.floating, "no address")
    if tier.key_pair is not None:
        yield lost(tier.key_pair, "You do not log in to a container with a key.", "Use `docker exec -it NAME sh`.")
    if tier.security_groups is not None:
        yield lost(tier.security_groups, "Docker has no security groups, only networks.", _HELP)
    for ports in tier.ports:
        if any(each.source in layout.topology.tiers for each in ports.value):
            why = "Containers of a network reach each other on all ports. Other ranges are not published."
            yield degraded(ports, "open on its networks", why, _HELP)
        else:
            yield lost(ports, "Only ports of Expose are published.", "Expose the port of the component.")
    if tier.balance is not None:
        balanced = any(each.id in layout.balancers for each in inside)
        if balanced:
            yield kept(tier.balance, "HAProxy")
        else:
            yield lost(tier.balance, "Nothing on this tier answers requests here.", "See its services.")
