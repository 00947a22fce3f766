"""Outcomes of content, options, processes and data that is loaded."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.runtimes import load, packages, sources
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Job


def outcomes(layout: HerokuLayout, app: App) -> Iterator[LedgerEntry]:
    """The runtime's own outcomes, then those of jobs, processes and archives."""
    component, build = app.component, app.build
    yield from build.outcomes
    for each in build.loads:
        yield from by_hand(layout, each.job, each.by_hand) if each.by_hand else _loaded(layout, app, each.job)
    for process in component.processes:
        place = app.manifest if app.image else f"the {app.manifest}"
        own = "as in its own Procfile" if process.type in build.own else f"in {place}"
        yield kept(process.statement, own if build.source is None else "its own Procfile")
        if process.tier is not None:
            yield kept(process.tier, "its own dynos")
    if build.source is not None:
        if component.build is not None:
            yield lost(component.build.statement, "Heroku builds the archive as it is.", "Build it in the archive.")
        yield from sources.outcomes(component, build.source)
        yield from packages.outside(component)
        for option in component.options.values():
            yield lost(
                option,
                "It belongs in the Procfile, but camp2iac cannot add files to an archive that Heroku downloads.",
                "Add a Procfile to the archive.",
            )


def _loaded(layout: HerokuLayout, app: App, job: Job) -> Iterator[LedgerEntry]:
    id_ = app.component.id
    others = [each for each, owners in layout.loaded_by_others.items() if app in owners]
    waits = f" The builds of {listed(others)} wait for the build of {id_}, but not for the command." if others else ""
    yield degraded(
        job.statement,
        f"once, when {id_} is released",
        f"The release command of {id_} loads it once. If the command fails, the previous release stays active, "
        f"and `terraform apply` still succeeds.{waits}",
        f"After an apply that builds, check `heroku releases --app {layout.called(app.component)}`.",
    )
    for option in job.options.values():
        yield degraded(
            option,
            "chosen by Heroku, in the URL",
            "Heroku generates the name. The data is loaded into the database in the URL.",
            "None needed.",
        )


def by_hand(layout: HerokuLayout, job: Job, why: str) -> Iterator[LedgerEntry]:
    """The outcome of a job that no release command can run, with the command for a person."""
    service = layout.topology.services[job.service]
    users = layout.topology.users(service.id)
    offer = offers.addons(service.product)
    help_ = "Load it once from your machine."
    if users and offer is not None and offer.by_hand:
        app = layout.called(layout.topology.components[users[0].component])
        url = f"$(heroku config:get {users[0].variables[0]} --app {app})"
        command = offer.by_hand.replace("{url}", url).replace("{file}", shlex.quote(load.shown(job)))
        help_ = f"Run once on your machine: {command}"
    yield lost(job.statement, why, help_)
    for option in job.options.values():
        yield lost(option, why, "Use it in the command that loads the data.")
