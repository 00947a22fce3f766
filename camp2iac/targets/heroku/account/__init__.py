"""Accounting: the outcome of each statement of the plan, derived from the layout. One file per subject.

``camp2iac port`` prints these strings. Each reason says why, and the help what to do instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import Ledger, LedgerEntry
from camp2iac.targets.heroku.account import (
    addons,
    apps,
    balancing,
    builds,
    calls,
    configuration,
    exposures,
    external,
    formations,
    left_out,
    placement,
    plan,
    schedules,
)
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import bare, enter


def account(layout: HerokuLayout, ledger: Ledger) -> None:
    """Write the outcome of every statement that Heroku knows into the ledger. The others are lost."""
    enter(ledger, _outcomes(layout))


def _outcomes(layout: HerokuLayout) -> Iterator[LedgerEntry]:
    for component in layout.topology.components.values():
        app = layout.apps.get(component.id)
        if app is None:
            yield from left_out.unbuildable(layout, component)
            continue
        yield from exposures.outcomes(layout, app.component)
        yield from configuration.outcomes(layout, app)
        yield from calls.outcomes(layout, app)
        yield from builds.outcomes(layout, app)
        yield from schedules.outcomes(layout, app)
        yield from formations.counts(layout, app)
        yield from apps.outcomes(app)
    for addon in layout.attachments.addons.values():
        yield from addons.outcomes(layout, addon)
    yield from external.outcomes(layout)
    for service in layout.attachments.idle:
        yield from left_out.idle(layout, service)
    for service in layout.topology.services.values():
        yield from left_out.placed(layout, service)
    for tier in layout.topology.tiers.values():
        yield from placement.outcomes(layout, tier)
        yield from balancing.outcomes(layout, tier)
        yield from formations.sizes(layout, tier)
    yield from plan.outcomes(layout)
    yield from bare.outcomes(layout.topology)
