"""CAMP320: a service that keeps data, in several containers."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.containers.layout.layout import ContainerLayout
from camp2iac.targets.kit import separate_data


def check(layout: ContainerLayout) -> Iterator[Diagnostic]:
    """Check each service. One that an operator runs has copies of its data."""
    topology = layout.topology
    many = [each for each in layout.workloads if each.many and each.tier.id == each.service.tier]
    services = {each.service.id: each.service for each in many if not layout.copied(each)}
    for service in services.values():
        if separate_data.apart(topology, service):
            users = separate_data.users(topology, service)
            notes = (f"a connection of {users} leads to any of them",) if users else ()
            yield separate_data.warn(topology, service, "containers", notes)
