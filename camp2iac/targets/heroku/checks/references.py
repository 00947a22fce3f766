"""CAMP440, CAMP441: variables that need an address, a port or a password, which Heroku does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout import values
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit.values import words
from camp2iac.topology.model import Component, Variable

_ADDRESS = "dynos have no addresses that others can use: apps are reached through the router, at their URL"
_OWN = "the URL of an add-on contains its port and password, and connected components get it as a variable"


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check the variables of the plan that the environment file does not replace."""
    for app in layout.apps.values():
        for variable in app.configuration.unanswered:
            yield _unanswered(layout, app.component, variable)


def _unanswered(layout: HerokuLayout, component: Component, variable: Variable) -> Diagnostic:
    reference = values.resolve(variable.value, layout.topology).missing[0]
    peer = layout.topology.components.get(reference.name)
    write = f"{{ url: {reference.name} }}" if peer and peer is not component else "..."
    address = reference.kind in ("IP", "IPALL")
    return Diagnostic(
        "CAMP440" if address else "CAMP441",
        f"{variable.name} of {component.name} needs {words(reference)}, which Heroku does not have",
        reference.span,
        label="an app has no address" if address else "not available on Heroku",
        notes=(_ADDRESS if address else _OWN,),
        help=f"set it in {layout.settings.file}:\n  variables:\n    {component.id}: {{ {variable.name}: {write} }}",
    )
