"""What becomes of content, options, processes and loads."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry, Remedy
from camp2iac.targets.heroku.layout import offers
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.runtimes import load, sources
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Job


def outcomes(layout: HerokuLayout, app: App) -> Iterator[LedgerEntry]:
    """What the runtime said, and the rest."""
    component, build = app.component, app.build
    yield from build.outcomes
    for each in build.loads:
        yield from by_hand(layout, each.job, each.by_hand) if each.by_hand else _loaded(layout, app, each.job)
    for process in component.processes:
        own = "as its own Procfile says" if process.type in build.own else "in the Procfile"
        yield kept(process.statement, own if build.source is None else "its own Procfile")
    if build.source is not None:
        yield from sources.outcomes(component, build.source)
        for option in component.options.values():
            yield lost(
                option,
                "It would stand in the Procfile, and nothing is added to an archive elsewhere.",
                Remedy("Bring a Procfile in the archive."),
            )


def _loaded(layout: HerokuLayout, app: App, job: Job) -> Iterator[LedgerEntry]:
    id_ = app.component.id
    yield degraded(
        job.statement,
        f"once, as {id_} is released",
        f"It is loaded once, by the release command of {id_}. If it fails, the release before it "
        "keeps serving and terraform apply does not notice.",
        Remedy(f"After an apply that builds, look at: heroku releases --app {layout.called(app.component)}"),
    )
    for option in job.options.values():
        yield degraded(
            option,
            "Heroku's choice, in the URL",
            "Heroku makes the name; it is loaded where the URL says.",
            Remedy("None needed."),
        )


def by_hand(layout: HerokuLayout, job: Job, why: str) -> Iterator[LedgerEntry]:
    """Nothing on Heroku loads it: how a person does."""
    service = layout.topology.services[job.service]
    users = layout.topology.users(service.id)
    offer = offers.offer(service.product.name)
    remedy = Remedy("Load it once from another machine.")
    if users and offer is not None and offer.by_hand:
        app = layout.called(layout.topology.components[users[0].component])
        url = f"$(heroku config:get {users[0].variables[0]} --app {app})"
        command = offer.by_hand.format(url=url, file=shlex.quote(load.shown(job)))
        remedy = Remedy(f"Once, from another machine: {command}")
    yield lost(job.statement, why, remedy)
    for option in job.options.values():
        yield lost(option, why, Remedy("Say it when you load it."))
