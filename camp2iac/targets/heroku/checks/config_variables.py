"""CAMP319: configuration variables with two sources.

The plan or the environment file sets a variable that an add-on, a link or the platform sets too. Heroku rejects the
second value (422), or each apply overwrites it.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.attachments import Attachments
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.topology.checks import variables
from camp2iac.topology.model import Component, Topology


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check the variables of the environment file and of the plan."""
    topology, settings = layout.topology, layout.settings
    for component in topology.components.values():
        theirs = _claimed(topology, layout.attachments, component)
        linked = {name for link in component.links for name in variables.names(topology, link)}
        given = settings.variables(component)
        for name, place in _given(settings, component):
            if name in theirs:
                yield _two(component, name, settings.file, place, theirs[name])
        for variable in component.variables:
            if variable.name in theirs and variable.name not in {*linked, *given, "PORT"}:
                yield _two(component, variable.name, "Env", variable.value.span, theirs[variable.name])


def _claimed(topology: Topology, attachments: Attachments, component: Component) -> dict[str, tuple[str, Span | None]]:
    """The variables that have another source: what sets each, and the place in the plan that causes it."""
    found: dict[str, tuple[str, Span | None]] = {"PORT": ("Heroku's router", None)}
    service = topology.services[component.host]
    pack = offers.buildpack(service.product)
    for attribute, statement in service.attributes.items():
        if variable := (pack.attributes.get(attribute, "") if pack else "").partition("=")[0]:
            found[variable] = (f"the attribute {attribute}", statement.span)
    for addon in attachments.owned(component.id):
        if addon.creates is not None:
            names = addon.addon.variables or (addon.creates,)
            found.update((name, (f"the add-on of {addon.service.id}", addon.service.span)) for name in names)
    for link in component.links:
        for name in variables.names(topology, link):
            found[name] = (f"the link to {link.service}", link.span)
    return found


def _given(settings: HerokuSettings, component: Component) -> Iterator[tuple[str, Span | None]]:
    """The variables that the environment file sets for a component, each with its place."""
    for name in settings.variables(component):
        spans = (settings.environment.span("variables", key, name) for key in (component.id, component.name))
        yield name, next((span for span in spans if span), None)


def _two(component: Component, name: str, where: str, place: Span | None, other: tuple[str, Span | None]) -> Diagnostic:
    who, their_place = other
    return Diagnostic(
        "CAMP319",
        f"{name} of {component.name} has two sources: {where}, and {who}",
        place,
        label="a variable has one source",
        related=(Label(their_place, f"{who} sets {name}"),) if their_place else (),
        help=f"remove {name} from {where}"
        + (": Heroku sets the port of each dyno" if name == "PORT" else ", or rename it there"),
    )
