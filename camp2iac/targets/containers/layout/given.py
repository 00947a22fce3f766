"""Names of the plan in an environment file."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.base import Environment
from camp2iac.targets.kit import environment_schema, given_names, unknown_name
from camp2iac.topology.model import Topology


def unknown(target: str, environment: Environment, topology: Topology) -> Iterator[Diagnostic]:
    """CAMP601 for each component or service that the plan does not have. ``target``: the package with the schema."""
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
    for given in given_names(environment_schema(target), environment.values):
        what, names, offered = known[given.mark]
        if given.name not in names:
            yield unknown_name(given.name, names, what, environment.shown, given.span, offered)
