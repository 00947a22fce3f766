"""Outcomes of Schedule: a person adds the job to Heroku Scheduler."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.schedules import ScheduledJob, code, job
from camp2iac.targets.kit import degraded, lost


def outcomes(layout: HerokuLayout, app: App) -> Iterator[LedgerEntry]:
    """The outcome of each schedule of a component, with what to write into the dashboard."""
    name, extra = layout.called(app.component), layout.scheduler(app.component)
    for schedule in app.component.schedules:
        made = job(schedule)
        if not made.frequency:
            why = f"Heroku Scheduler runs a job every 10 minutes at most, and `{schedule.at.text}` is more often."
            yield lost(schedule.statement, why, "Run it in a process of your own, such as `clock`.")
            continue
        yield degraded(
            schedule.statement,
            f"Heroku Scheduler: {made.frequency}",
            _why(made),
            *([f"Add Heroku Scheduler to the environment file: `{extra}`"] if extra else []),
            f"In `heroku addons:open scheduler --app {name}`, add the job {code(made.command)}: {made.frequency}",
        )


def _why(made: ScheduledJob) -> str:
    why = "Terraform cannot configure Heroku Scheduler, which can also leave a run out, run a job twice or "
    why += "start a run before the last one has ended."
    if made.exact:
        return why
    schedule = made.schedule
    return (
        f"{why} It has no frequency for `{schedule.at.text}` in {schedule.zone}: let the command check the time there."
    )
