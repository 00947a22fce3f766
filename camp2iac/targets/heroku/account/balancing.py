"""What becomes of Balance: Heroku's router spreads requests."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry, Remedy
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import degraded, lost
from camp2iac.topology.model import Tier


def outcomes(layout: HerokuLayout, tier: Tier) -> Iterator[LedgerEntry]:
    """Of a tier of dynos, or of one that is an add-on."""
    statement = tier.balance
    if statement is None:
        return
    if not layout.topology.tier_components(tier.id):
        yield lost(statement, "An add-on is one: there is nothing to balance.", Remedy("None needed."))
        return
    balance = statement.value
    sticky = balance.sticky and not layout.settings.fir
    spreads = "Heroku's router spreads requests over the dynos by chance"
    sticks = " and sends a visitor back to the same one by a cookie" if sticky else ""
    if balance.sticky and not sticky:
        yield degraded(
            statement,
            "balanced, not sticky",
            "Session affinity is of the generation cedar alone.",
            Remedy("Keep sessions in a store that all dynos ask."),
        )
    elif balance.health:
        yield degraded(
            statement,
            "balanced, not asked",
            f"{spreads}{sticks}{',' if sticks else ''} and asks no health path. "
            "A dyno that hangs keeps getting its share.",
            Remedy(f"Heroku has none. Let something outside ask {balance.health}."),
        )
    else:
        yield degraded(statement, "balanced by chance", f"{spreads}{sticks}.", Remedy("Heroku has no other way."))
