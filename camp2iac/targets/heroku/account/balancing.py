"""Outcomes of Balance: Heroku's router distributes requests."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import degraded, lost
from camp2iac.topology.model import Tier


def outcomes(layout: HerokuLayout, tier: Tier) -> Iterator[LedgerEntry]:
    """The outcome for a tier of dynos, or for an add-on."""
    statement = tier.balance
    if statement is None:
        return
    if not layout.topology.tier_components(tier.id):
        yield lost(statement, "There is one instance of an add-on, so nothing to balance.", "None needed.")
        return
    balance = statement.value
    sticky = balance.sticky and not layout.settings.fir
    spreads = "Heroku's router distributes requests randomly over the dynos"
    sticks = ", but sends a client with its cookie back to the same dyno" if sticky else ""
    if balance.sticky and not sticky:
        yield degraded(
            statement,
            "balanced, not sticky",
            "Only the generation cedar has session affinity.",
            "Keep sessions in a store that all dynos use.",
        )
    elif balance.health:
        yield degraded(
            statement,
            "balanced, no health checks",
            f"{spreads}{sticks}. It has no health checks: a dyno that hangs continues to get requests.",
            f"Monitor {balance.health} from outside Heroku.",
        )
    else:
        yield degraded(statement, "balanced randomly", f"{spreads}{sticks}.", "None: Heroku has no other method.")
