"""CAMP634: review apps of a pipeline that does not exist yet."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check that the pipeline exists, because only a person can connect one to GitHub."""
    environment = layout.settings.environment
    if not environment.get("pipeline", "review_apps") or environment.get("pipeline", "existing"):
        return
    name = environment.get("pipeline", "name")
    yield Diagnostic(
        "CAMP634",
        f"review apps need a pipeline that is connected to GitHub, but this module creates {name}",
        environment.span("pipeline", "review_apps"),
        label="Heroku cannot find the repository",
        notes=("only a person who is logged in to both can connect a pipeline to GitHub",),
        help=f"create it once:  heroku pipelines:create {name} && heroku pipelines:connect {name} --repo OWNER/NAME"
        "\nand write under pipeline:  existing: true",
    )
