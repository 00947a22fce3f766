"""Outcomes of calls: the callee's app has a URL, which everyone can reach unless the app is internal."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku.layout.apps import App, routed
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Component, Link


def outcomes(layout: HerokuLayout, app: App) -> Iterator[LedgerEntry]:
    """The outcomes of an app's calls."""
    for link in app.component.links:
        if link.callee:
            yield _outcome(layout, link, layout.topology.components[link.callee])


def _outcome(layout: HerokuLayout, link: Link, callee: Component) -> LedgerEntry:
    if callee.id not in layout.apps:
        return lost(link.statement, f"{callee.name} has no app on Heroku.", f"Set {link.variables[0]} yourself (Env).")
    names = listed((*link.variables, *link.parts))
    exposure, settings = routed(callee), layout.settings
    public = exposure is not None and exposure.public is not None and exposure.public.value
    internal = exposure is not None and exposure.public is not None and not public
    if public or (internal and settings.space and not settings.fir):
        return kept(link.statement, names)
    return degraded(
        link.statement,
        f"{names}; open to everyone",
        f"The call goes through Heroku's router: everyone who knows the name of the app of {callee.name} can reach it.",
        f"Let {callee.name} authenticate its callers, or move both into a Private Space, with `public: false`: "
        f"write `space: NAME` in {settings.file}.",
    )
