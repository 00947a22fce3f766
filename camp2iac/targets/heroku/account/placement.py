"""Where a tier's machines are to be, and what is open on them: what a platform of apps has no place for."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry, Remedy
from camp2iac.targets.heroku.account import plan
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.targets.kit import kept, lost
from camp2iac.topology.model import Statement, Tier


def outcomes(layout: HerokuLayout, tier: Tier) -> Iterator[LedgerEntry]:
    """All but Compute and Balance."""
    dynos = bool(layout.topology.tier_components(tier.id))
    if tier.networks is not None:
        yield plan.network(layout, tier.networks)
    if tier.region is not None:
        yield _region(tier.region, layout.settings)
    if tier.zone is not None:
        yield lost(
            tier.zone,
            "Heroku alone decides which machines run what, in which zone.",
            Remedy("None needed for dynos: one that fails is started elsewhere."),
        )
    for statement in (tier.spread, tier.together):
        if statement is not None:
            yield _nearness(statement, dynos)
    if tier.floating is not None:
        yield _floating(tier.floating)
    if tier.key_pair is not None:
        yield lost(
            tier.key_pair,
            "Nobody logs in to a dyno or an add-on with a key.",
            Remedy("For a shell: heroku ps:exec, or heroku run bash"),
        )
    if tier.security_groups is not None:
        yield lost(tier.security_groups, "Heroku has no security groups: only its router reaches a dyno.")
    for ports in tier.ports:
        yield lost(
            ports,
            "Only Heroku's router reaches a dyno, by HTTP on one port; an add-on has its own port.",
            Remedy("Offer it over HTTP, as an app of its own."),
        )
    if dynos:
        yield from _volumes(layout, tier)
    if tier.scale is not None and not dynos:
        yield lost(
            tier.scale,
            "An add-on is one; its vendor scales it, by its plan.",
            Remedy("Plans with high availability (premium) keep a second one ready."),
        )


def _region(statement: Statement[str], settings: HerokuSettings) -> LedgerEntry:
    if statement.value == settings.region:
        return kept(statement, settings.region)
    return lost(
        statement,
        f"Heroku's regions are its own: this is in {settings.region}.",
        settings.remedy("region: us", "or eu", "region"),
    )


def _nearness(statement: Statement[object], dynos: bool) -> LedgerEntry:
    """Apart from each other, or together."""
    if dynos:
        return lost(
            statement,
            "Heroku alone decides which machines run the dynos.",
            Remedy(
                "Dynos from performance-m on do not share their machine with others; where they run stays "
                "Heroku's secret."
            ),
        )
    return lost(
        statement,
        "Heroku alone decides which machines run the add-on.",
        Remedy("Plans with high availability (premium) keep a copy on another machine."),
    )


def _floating(statement: Statement[bool]) -> LedgerEntry:
    if not statement.value:
        return kept(statement, "no address of its own")
    return lost(
        statement,
        "Apps are behind Heroku's router: no address is one's own.",
        Remedy("Users ask by name. Add-ons (fixie, quotaguardstatic) have fixed addresses to go out by."),
    )


def _volumes(layout: HerokuLayout, tier: Tier) -> Iterator[LedgerEntry]:
    hosts = {component.host for component in layout.topology.tier_components(tier.id)}
    for statement in (volume for volume in tier.volumes if volume.subject.id in hosts):
        yield lost(
            statement,
            "A dyno's disk is empty again at each restart, once a day at least.",
            Remedy("Keep data in a database, or files in an object store (add-on bucketeer)."),
        )
