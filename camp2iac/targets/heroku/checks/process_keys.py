"""CAMP457, CAMP458: keys of ``dynos`` and ``processes`` that mean two things, or nothing."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.layout import HerokuLayout

_KEYS = ("dynos", "processes")


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check the process types that the environment file names for each app."""
    for app in layout.apps.values():
        if app.formations.unknown:
            continue
        yield from _two_meanings(layout, app)
        for key in _KEYS:
            yield from _nested(layout, app, key)
            yield from _main(layout, app, key)


def _two_meanings(layout: HerokuLayout, app: App) -> Iterator[Diagnostic]:
    """A size for the only component whose name is also one of its process types."""
    component, settings = app.component, layout.settings
    types = [formation.process for formation in app.formations.all]
    for name in dict.fromkeys((component.id, component.name)):
        given = settings.environment.get("dynos", name)
        if given is None or isinstance(given, dict) or name not in types or len(types) < 2:
            continue
        if settings.alone and not settings.by_process("dynos", component):
            each = ", ".join(f"{type_}: {given}" for type_ in types)
            yield Diagnostic(
                "CAMP457",
                f"{name} in dynos is the component {component.name}, and also one of its processes",
                settings.environment.span("dynos", name),
                label=f"the size of {listed(types)}, or only of {name}?",
                help=f"write for only that process  dynos: {{ {component.id}: {{ {name}: {given} }} }}\n"
                f"or for all of them  dynos: {{ {component.id}: {{ {each} }} }}",
            )


def _nested(layout: HerokuLayout, app: App, key: str) -> Iterator[Diagnostic]:
    """Process types that the app does not have."""
    component, environment = app.component, layout.settings.environment
    types = [formation.process for formation in app.formations.all]
    for name in dict.fromkeys((component.id, component.name)):
        given = environment.get(key, name)
        for type_ in given if isinstance(given, dict) else ():
            if type_ not in types:
                yield Diagnostic(
                    "CAMP458",
                    f"{component.name} has no process {type_}",
                    environment.span(key, name, type_),
                    label=f"in {key} of {environment.shown}",
                    help=f"write one of {listed(types, 'or')}, or add the process to the plan (org.camp2iac:Process)"
                    if types
                    else "add the process to the plan (org.camp2iac:Process)",
                )


def _main(layout: HerokuLayout, app: App, key: str) -> Iterator[Diagnostic]:
    """A number for the main process, which comes from the plan's Scale."""
    settings, main = layout.settings, app.formations.all[0] if app.formations.all else None
    if key != "processes" or main is None or settings.count(app.component, main.process) is None:
        return
    yield Diagnostic(
        "CAMP458",
        f"processes does not set the number of {main.process} dynos of {app.component.name}",
        settings.count_place(app.component, main.process),
        label="the main process of the component",
        help=f"write  scale: {{ {main.tier}: NUMBER }}  within the plan's Scale",
    )
