"""Outcomes of exposures: ports of the computer that runs the engine."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.docker.layout.endpoints import PublishedPort
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Component, Exposure, Statement

_LOCAL = "On this computer, users connect to localhost."


def outcomes(layout: DockerLayout, component: Component) -> Iterator[LedgerEntry]:
    """The outcomes of a component's exposures."""
    runs = component.id in layout.images
    ports = {id(each.exposure): each for each in layout.published if each.component.id == component.id}
    for exposure in component.exposures:
        if runs:
            yield from _exposed(exposure, ports.get(id(exposure)))
        else:
            for statement in _statements(exposure):
                yield lost(statement, "This component does not run here.", "See the artifact.")
    if component.silent is not None:
        yield kept(component.silent, "not published" if runs else "not deployed")


def _exposed(exposure: Exposure, port: PublishedPort | None) -> Iterator[LedgerEntry]:
    if exposure.port is not None:
        yield kept(exposure.port, f"port {exposure.port.value} of the container")
    if exposure.outside is not None:
        if port is not None and port.port == exposure.outside.value:
            yield kept(exposure.outside, f"localhost:{port.port}")
        else:
            how = f"localhost:{port.port}" if port is not None else "not published"
            why = "Ports below 1024 need rights on most computers, and two components cannot have the same one."
            yield degraded(exposure.outside, how, why, "Set the variable, or  ports  in the environment file.")
    if exposure.public is not None:
        yield kept(exposure.public, f"localhost:{port.port}" if port is not None else "not published")
    if exposure.silent is not None:
        yield kept(exposure.silent, "not published")
    if exposure.hosts is not None:
        yield lost(
            exposure.hosts, f"{_LOCAL} No DNS name points there.", "Add the names to /etc/hosts of the computer."
        )
    if exposure.tls is not None:
        if exposure.tls.value:
            yield lost(exposure.tls, f"{_LOCAL} It has no certificate.", "None needed to try the plan.")
        else:
            yield kept(exposure.tls, "plain")


def _statements(exposure: Exposure) -> Iterator[Statement[object]]:
    for statement in (exposure.port, exposure.outside, exposure.public, exposure.silent, exposure.hosts, exposure.tls):
        if statement is not None:
            yield statement
