"""Outcomes of a tier: networks, scaling, and what a single computer does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.containers.layout import names
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import PortRange, Scale, Statement, Tier

_ONE = "All containers run on one computer."
_HELP = "None needed to try the plan."


def outcomes(layout: DockerLayout, tier: Tier) -> Iterator[LedgerEntry]:
    """The outcomes of a tier."""
    inside = [each for each in layout.workloads if each.tier.id == tier.id]
    if tier.scale is not None:
        yield _scale(tier, tier.scale, runs=bool(inside))
    if tier.compute is not None:
        why = "Containers share the cores and the memory of the engine, and bring their own operating system."
        yield degraded(tier.compute, "no limit", why, _HELP)
    if tier.networks is not None:
        yield kept(tier.networks, ", ".join(dict.fromkeys(tier.networks.value)))
    if tier.balance is not None:
        if any(each.id in layout.balancers for each in inside):
            yield kept(tier.balance, "HAProxy")
        else:
            yield lost(tier.balance, "Nothing on this tier answers requests here.", "See its services.")
    yield from (_opened(layout, ports) for ports in tier.ports)
    yield from _placed(tier)


def _scale(tier: Tier, statement: Statement[Scale], *, runs: bool) -> LedgerEntry:
    if not runs:
        return lost(statement, "Nothing of this tier runs here.", "See its services.")
    many = statement.value.maximum > 1
    return kept(statement, f"-var {names.count(tier.id)}=N" if many else "one container")


def _opened(layout: DockerLayout, statement: Statement[tuple[PortRange, ...]]) -> LedgerEntry:
    if any(each.source in layout.topology.tiers for each in statement.value):
        why = "Containers of a network reach each other on all ports. Other ranges are not published."
        return degraded(statement, "open on its networks", why, _HELP)
    return lost(statement, "Only ports of Expose are published.", "Expose the port of the component.")


def _placed(tier: Tier) -> Iterator[LedgerEntry]:
    """The outcomes of what a single computer does not have."""
    for statement in (tier.region, tier.zone, tier.spread, tier.together):
        if statement is not None:
            yield lost(statement, _ONE, _HELP)
    if tier.floating is not None and tier.floating.value:
        yield lost(tier.floating, f"{_ONE} Their ports are published there.", _HELP)
    elif tier.floating is not None:
        yield kept(tier.floating, "no address")
    if tier.key_pair is not None:
        yield lost(tier.key_pair, "You do not log in to a container with a key.", "Use `docker exec -it NAME sh`.")
    if tier.security_groups is not None:
        yield lost(tier.security_groups, "Docker has no security groups, only networks.", _HELP)
