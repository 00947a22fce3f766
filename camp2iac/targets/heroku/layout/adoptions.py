"""What exists already and Terraform takes over, from ``adopt`` in the environment file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.layout import HerokuLayout


class Adoption(Record, frozen=True):
    """A resource that exists. ``id``: what the provider imports it by.

    ``address``: empty if the output has no such resource. ``words``: the key and name in the environment file.
    """

    address: str
    id: str
    words: str
    span: Span | None


def adoptions(layout: HerokuLayout) -> Iterator[Adoption]:
    """All that the environment file names, in the order of the apps."""
    for app in layout.apps.values():
        given = layout.settings.environment.get("adopt", app.component.id)
        if given is None:
            given = layout.settings.environment.get("adopt", app.component.name)
        if isinstance(given, Mapping):
            yield from _of(layout, app, given)


def _of(layout: HerokuLayout, app: App, given: Mapping[str, object]) -> Iterator[Adoption]:
    environment, component = layout.settings.environment, app.component
    key = component.id if environment.get("adopt", component.id) is not None else component.name
    called = str(given["app"])
    yield Adoption(app.address, called, "app", environment.span("adopt", key, "app"))
    known = {
        "processes": _processes(app),
        "domains": {host: f"heroku_domain.{_named(app, host.replace('*', 'any'))}" for host in app.hosts},
        "addons": _addons(layout, app),
    }
    for part, addresses in known.items():
        found = given.get(part) or {}
        pairs = found.items() if isinstance(found, Mapping) else [(each, f"{called}:{each}") for each in _list(found)]
        for name, id_ in pairs:
            yield Adoption(addresses.get(name, ""), str(id_), f"{part}: {name}", environment.span("adopt", key, part))
    coupling = given.get("coupling")
    if coupling:
        pipeline = bool(environment.get("pipeline"))
        address = f"heroku_pipeline_coupling.{app.name}" if pipeline else ""
        yield Adoption(address, str(coupling), "coupling", environment.span("adopt", key, "coupling"))


def _list(found: object) -> list[str]:
    return [str(each) for each in found] if isinstance(found, (list, tuple)) else []


def _processes(app: App) -> dict[str, str]:
    found = {each.process: f"heroku_formation.{each.name}" for each in app.formations.all}
    if app.formations.idle_web:
        found["web"] = f"heroku_formation.{_named(app, 'no_web')}"
    return found


def _addons(layout: HerokuLayout, app: App) -> dict[str, str]:
    found = {each.service.id: each.address for each in layout.attachments.owned(app.component.id)}
    for extra in layout.settings.extras(app.component):
        kind = str(extra["plan"]).partition(":")[0]
        found.setdefault(kind, f"heroku_addon.{_named(app, kind)}")
    return found


def _named(app: App, part: str) -> str:
    return names.identifier(app.component.id, part)
