"""CAMP601: the environment file names a component or service that the plan does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import environment_schema, given_names, unknown_name

_TARGET = "camp2iac.targets.heroku"


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check names where the schema has ``x-names``."""
    environment, topology = layout.settings.environment, layout.topology
    components = {name for each in topology.components.values() for name in (each.id, each.name)}
    processes = {process.type for each in topology.components.values() for process in each.processes}
    processes |= {formation.process for formation in layout.formations}
    known = {
        "component": ("component", components, topology.components),
        "component or process": (
            "component",
            components | processes if layout.settings.alone else components,
            topology.components,
        ),
        "service": ("service", set(topology.services), topology.services),
    }
    space = {str(layout.settings.new_space["name"])} if layout.settings.new_space else set()
    parts = {*topology.services, *topology.components, *space}
    known["service, component or space"] = ("part", parts, topology.services)
    for given in given_names(environment_schema(_TARGET), environment.values):
        what, names, offered = known[given.mark]
        if given.name not in names:
            yield unknown_name(given.name, names, what, environment.shown, given.span, sorted(offered))
