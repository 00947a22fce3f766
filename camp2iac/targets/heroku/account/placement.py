"""Outcomes of a tier's placement and open ports, which a platform of apps does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku.account import plan
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.targets.kit import kept, lost
from camp2iac.topology.model import Statement, Tier


def outcomes(layout: HerokuLayout, tier: Tier) -> Iterator[LedgerEntry]:
    """The outcomes of a tier, except Compute and Balance."""
    dynos = bool(layout.topology.tier_components(tier.id))
    if tier.networks is not None:
        yield plan.network(layout, tier.networks)
    if tier.region is not None:
        yield _region(tier.region, layout.settings)
    if tier.zone is not None:
        yield lost(
            tier.zone,
            "Heroku decides which hosts run what, and in which zone.",
            "None needed for dynos: Heroku restarts a failed one on another host.",
        )
    for statement in (tier.spread, tier.together):
        if statement is not None:
            yield _nearness(statement, dynos)
    if tier.floating is not None:
        yield _floating(tier.floating)
    if tier.key_pair is not None:
        yield lost(
            tier.key_pair,
            "You cannot log in to a dyno or an add-on with a key.",
            "For a shell, use `heroku ps:exec` or `heroku run bash`.",
        )
    if tier.security_groups is not None:
        yield lost(tier.security_groups, "Heroku has no security groups: only its router can reach a dyno.")
    for ports in tier.ports:
        yield lost(
            ports,
            "Only Heroku's router can reach a dyno, over HTTP on one port. An add-on has its own port.",
            "Serve it over HTTP, in its own app.",
        )
    if dynos:
        yield from _volumes(layout, tier)
    if tier.scale is not None and not dynos and tier.services and tier.id not in layout.formations_by_tier:
        yield lost(
            tier.scale,
            "There is one instance of an add-on. Its plan determines its capacity.",
            "Plans with high availability (premium) have a standby.",
        )


def _region(statement: Statement[str], settings: HerokuSettings) -> LedgerEntry:
    if statement.value == settings.region:
        return kept(statement, settings.region)
    return lost(
        statement,
        f"Heroku has its own regions. This environment is in {settings.region}.",
        settings.fix("region: us", "us", "or eu", "region"),
    )


def _nearness(statement: Statement[object], dynos: bool) -> LedgerEntry:
    """The outcome of spread and together."""
    if dynos:
        return lost(
            statement,
            "Heroku decides which hosts run the dynos.",
            "Dynos of performance-m and larger have dedicated hosts, but you cannot choose which.",
        )
    return lost(
        statement,
        "Heroku decides which host runs the add-on.",
        "Plans with high availability (premium) have a standby on another host.",
    )


def _floating(statement: Statement[bool]) -> LedgerEntry:
    if not statement.value:
        return kept(statement, "no address")
    return lost(
        statement,
        "Apps are behind Heroku's router and have no addresses.",
        "Users connect by name. Add-ons (fixie, quotaguardstatic) provide fixed addresses for outbound traffic.",
    )


def _volumes(layout: HerokuLayout, tier: Tier) -> Iterator[LedgerEntry]:
    hosts = {component.host for component in layout.topology.tier_components(tier.id)}
    for statement in (volume for volume in tier.volumes if volume.subject.id in hosts):
        yield lost(
            statement,
            "A dyno's disk is erased at each restart, at least once a day.",
            "Store data in a database, or files in a service with ObjectStore (docs/object-stores.md).",
        )
