"""CAMP615: variables that refer to the address of a component that is not in the plan."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check the variables of the environment file with ``url`` or ``host``."""
    environment = layout.settings.environment
    for app in layout.apps.values():
        component = app.component
        for name, key, value in app.configuration.strangers:
            yield Diagnostic(
                "CAMP615",
                f"{name} of {component.name} is the {key} of a component that is not in this plan: {value}",
                environment.span("variables", component.id, name, key)
                or environment.span("variables", component.name, name, key),
                label="no component has this name",
                help=f"write one of {', '.join(layout.topology.components)}",
            )
