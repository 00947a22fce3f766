"""The kind of a statement, by its place in the topology."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from camp2iac.topology.model import Exposure, Statement, Topology

_TIER = ("scale", "compute", "region", "zone", "spread", "together", "networks", "floating", "key_pair", "balance")
_EXPOSURE = {
    "port": "expose.port",
    "outside": "expose.as",
    "public": "expose.public",
    "hosts": "expose.hosts",
    "tls": "expose.tls",
    "silent": "expose.default",
}


def kinds(topology: Topology) -> dict[int, str]:
    """The kind of each statement, by its identity; those of no kind that a target knows are not there."""
    return {id(statement): kind for statement, kind in _known(topology) if statement is not None}


def kind(statement: Statement[Any], known: dict[int, str]) -> str | None:
    """Its kind; None where the topology has it nowhere: an extension, or what another statement of the tier said."""
    own = known.get(id(statement))
    if own is None and statement.same is not None:
        own = known.get(id(statement.same))
    return own


def _known(topology: Topology) -> Iterator[tuple[Statement[Any] | None, str]]:
    for declared, name in (
        (topology.networks, "network"),
        (topology.parameters, "parameter"),
        (topology.secrets, "secret"),
    ):
        yield from ((each.statement, name) for each in declared.values())
    for component in topology.components.values():
        yield component.statement, "artifact"
        yield component.silent, "not exposed"
        yield from ((each, "option") for each in component.options.values())
        yield from ((each.statement, "process") for each in component.processes)
        yield from ((each.statement, "env") for each in component.variables)
        for exposure in component.exposures:
            yield from _exposure(exposure)
        for link in component.links:
            yield link.statement, "connect"
            yield from ((each, "option") for each in link.options.values())
    for service in topology.services.values():
        yield service.href, "href"
        yield service.version, "version"
        yield service.placed, "tier"
        yield from ((each, "product") for each in service.chosen_by)
        yield from ((each, "attribute") for each in service.attributes.values())
        for job in service.jobs:
            yield job.statement, "load"
            yield from ((each, "option") for each in job.options.values())
    for tier in topology.tiers.values():
        yield from ((getattr(tier, name), name) for name in _TIER)
        yield tier.security_groups, "security_groups"
        yield from ((each, "volume") for each in tier.volumes)
        yield from ((each, "ports") for each in tier.ports)


def _exposure(exposure: Exposure) -> Iterator[tuple[Statement[Any] | None, str]]:
    return ((getattr(exposure, field), name) for field, name in _EXPOSURE.items())
