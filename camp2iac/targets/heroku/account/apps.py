"""Outcomes of the characteristics that select an app's runtime."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.kit import kept


def outcomes(app: App) -> Iterator[LedgerEntry]:
    """They select the buildpacks, or the container stack."""
    for statement in app.host.chosen_by:
        yield kept(statement, ", ".join(app.buildpacks) or "the container stack")
