"""CAMP619: a space without its team or region."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check the space of the environment file."""
    settings, environment = layout.settings, layout.settings.environment
    if settings.space and not environment.get("team"):
        yield Diagnostic(
            "CAMP619",
            f"the environment file names the space {settings.space}, but not its team",
            environment.span("space"),
            label="a space belongs to a team",
            notes=("without a team, Heroku creates the apps outside the space",),
            help="add  team: NAME",
        )
    elif settings.space and environment.get("region") is None:
        yield Diagnostic(
            "CAMP619",
            f"the environment file names the space {settings.space}, but not its region",
            environment.span("space"),
            label="apps must be in the region of their space",
            help="add for example  region: dublin",
        )
