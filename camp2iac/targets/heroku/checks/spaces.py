"""CAMP619: a space without its team or region."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """The space of the environment."""
    settings, environment = layout.settings, layout.settings.environment
    if settings.space and not environment.get("team"):
        yield Diagnostic(
            "CAMP619",
            f"the space {settings.space} is named, but not the team that it belongs to",
            environment.span("space"),
            label="a space belongs to a team",
            notes=("without a team, Heroku would make the apps outside of the space",),
            help="add  team: NAME",
        )
    elif settings.space and environment.get("region") is None:
        yield Diagnostic(
            "CAMP619",
            f"the space {settings.space} is named, but not its region",
            environment.span("space"),
            label="apps in a space are in its region",
            help="add for example  region: dublin",
        )
