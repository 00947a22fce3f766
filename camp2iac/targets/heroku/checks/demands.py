"""Releases that content declares to need, and that no buildpack has."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Version
from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.programs.demands import contradicts
from camp2iac.topology.model import Demand


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """CAMP437."""
    for app in layout.apps.values():
        if app.image is not None or layout.settings.list_of("buildpacks", app.component):
            continue
        for demand in app.host.demands:
            versions = () if contradicts(app.host, demand) else _versions(app, demand)
            if demand.component == app.component.id and versions and not any(each in demand for each in versions):
                yield _none(demand, versions)


def _versions(app: App, demand: Demand) -> tuple[Version, ...]:
    """The releases of a language that the app can have. Empty: not known."""
    pack = offers.buildpack(app.host.product)
    if pack is None:
        return ()
    if demand.product.name == app.host.product.name:
        return pack.versions
    found = pack.runtime.get(demand.product.name)  # Java, for Tomcat
    return (Version(found),) if isinstance(found, str) else ()


def _none(demand: Demand, versions: tuple[Version, ...]) -> Diagnostic:
    title = demand.product.title
    return Diagnostic(
        "CAMP437",
        f"{demand.place} asks for {title} {demand.words.removeprefix(f'{title} ')}, which Heroku does not have",
        demand.span,
        severity=Severity.WARNING if demand.pin else None,
        label=f"the content of {demand.component}",
        notes=(f"its buildpack has {listed(list(map(str, versions)), 'and')}",),
        help=f"change {demand.file}, or name another buildpack in the environment file:  "
        f"buildpacks: {{ {demand.component}: [URL] }}",
    )
