"""CAMP601: the environment file names components or services that the plan does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit import environment_schema, given_names, unknown_name

_TARGET = "camp2iac.targets.docker"


def check(layout: DockerLayout) -> Iterator[Diagnostic]:
    """Check names where the schema has ``x-names``."""
    environment, topology = layout.settings.environment, layout.topology
    components = {name for each in topology.components.values() for name in (each.id, each.name)}
    known = {
        "component": ("component", components, sorted(topology.components)),
        "service": ("service", {*topology.services}, sorted(topology.services)),
        "service or component": (
            "service or component",
            {*topology.services, *components},
            sorted({*topology.services, *topology.components}),
        ),
    }
    for given in given_names(environment_schema(_TARGET), environment.values):
        what, names, offered = known[given.mark]
        if given.name not in names:
            yield unknown_name(given.name, names, what, environment.shown, given.span, offered)
