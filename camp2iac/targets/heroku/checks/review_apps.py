"""CAMP634: review apps of a pipeline that is only made here."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Only a person can connect a pipeline to GitHub, so it must be there before."""
    environment = layout.settings.environment
    if not environment.get("pipeline", "review_apps") or environment.get("pipeline", "existing"):
        return
    name = environment.get("pipeline", "name")
    yield Diagnostic(
        "CAMP634",
        f"review apps need a pipeline that is connected to GitHub, and {name} is only made here",
        environment.span("pipeline", "review_apps"),
        label="Heroku would not find the repository",
        notes=("Heroku connects a pipeline to GitHub for a person alone, who has logged in to both",),
        help=f"make it once:  heroku pipelines:create {name} && heroku pipelines:connect {name} --repo OWNER/NAME"
        "\nand write under pipeline:  existing: true",
    )
