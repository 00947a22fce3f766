"""Outcomes of Scale and Compute of tiers with components."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.formations import Formation, fitting
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.words import an, capital
from camp2iac.targets.kit import degraded, kept
from camp2iac.topology.model import Compute, Statement, Tier


def counts(layout: HerokuLayout, app: App) -> Iterator[LedgerEntry]:
    """The outcome of Scale: a variable, or Heroku's own autoscaling."""
    for formation in app.formations.all:
        statement = formation.scale
        if statement is None:
            continue
        if not formation.autoscaled:
            yield kept(statement, f"-var {formation.name}_count=N")
            continue
        yield degraded(
            statement,
            "Heroku's autoscaling",
            "Heroku sets the number of web dynos from their response times, between limits. Terraform's provider has "
            "no resource for it, although Heroku has an API.",
            f"Enable it once: `heroku ps:autoscale:enable --min {max(formation.least, 1)} --max {formation.most} "
            f"--app {layout.called(app.component)}`",
        )


def sizes(layout: HerokuLayout, tier: Tier) -> Iterator[LedgerEntry]:
    """The outcome of Compute, from the smallest of the tier's main dynos."""
    found = [
        formation
        for formation in layout.formations_by_tier.get(tier.id, ())
        if formation.scale is not None or tier.scale is None
    ]
    if tier.compute is None or not found:
        return
    formation = min(found, key=lambda each: each.dyno.memory)
    compute, dyno = tier.compute.value, formation.dyno
    how = f"{dyno.name}: {dyno.says}" if compute.memory or not dyno.shared else dyno.name
    if lacks := _lacks(layout, formation, compute):
        yield _smaller(layout, formation, tier.compute, how, " ".join(lacks))
    else:
        yield kept(tier.compute, how)


def _lacks(layout: HerokuLayout, formation: Formation, compute: Compute) -> list[str]:
    """What the dyno lacks, one sentence each."""
    dyno, lacks = formation.dyno, []
    if _small(formation, compute):
        shares = " and shares its cores with other dynos" if dyno.shared else ""
        lacks.append(f"{capital(an(dyno.name))} dyno has {dyno.says}{shares}.")
    elif compute.cores and dyno.shared:
        lacks.append(f"{capital(an(dyno.name))} dyno shares its cores with other dynos.")
    if compute.disk:
        lacks.append("A dyno's disk is erased at each restart, at least once a day.")
    if compute.size:
        lacks.append(f"Heroku has no size {compute.size}: set the dyno size in the environment file.")
    if compute.os and not compute.os.lower().startswith("ubuntu"):
        lacks.append(f"Dynos run only Ubuntu ({layout.settings.stack}).")
    return lacks


def _small(formation: Formation, compute: Compute) -> bool:
    return compute.memory is not None and compute.memory > formation.dyno.memory


def _smaller(
    layout: HerokuLayout, formation: Formation, statement: Statement[Compute], how: str, why: str
) -> LedgerEntry:
    compute, dyno, key = statement.value, formation.dyno, ("dynos", *formation.key)
    fit = fitting(offers.dynos(layout.settings.sizes), compute, dyno)
    size, gives = "SIZE", "another size"
    if fit and (_small(formation, compute) or (compute.cores and dyno.shared)):
        size, gives = fit.name, f"{fit.says}{'' if fit.shared else ', dedicated cores'}"
    inside = size
    for part in reversed(key[1:]):
        inside = f"{{ {part}: {inside} }}"
    fix = layout.settings.fix(f"dynos: {inside}", size, gives, *key)
    return degraded(statement, how, why, fix)
