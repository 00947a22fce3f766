"""CAMP633: what the generation of the apps does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """fir has no stack, log drains, shield or own addresses; cedar no telemetry drains."""
    settings = layout.settings
    absent = {
        "stack": (("stack",), "its images are built by cloud native buildpacks", "leave it out"),
        "drains": (("drains",), "logs are sent as OpenTelemetry", "write  telemetry:  instead of  drains:"),
        "shield": (("space", "shield"), "shield spaces are of the generation cedar", "leave it out, or write  cedar"),
        "cidr": (("space", "cidr"), "its spaces choose their addresses", "leave it out, or write  cedar"),
        "data_cidr": (("space", "data_cidr"), "its spaces choose their addresses", "leave it out, or write  cedar"),
        "base_name": (("pipeline", "review_apps", "base_name"), "its review apps have random names", "leave it out"),
    }
    if not settings.fir:
        absent = {"telemetry": (("telemetry",), "OpenTelemetry is fir's", "write  drains:  instead of  telemetry:")}
    words = {"drains": "log drains", "telemetry": "telemetry drains", "base_name": "base_name for review apps"}
    for key, (path, why, remedy) in absent.items():
        if settings.environment.get(*path) is not None:
            yield Diagnostic(
                "CAMP633",
                f"apps of the generation {settings.generation} have no {words.get(key, key)}",
                settings.environment.span(*path),
                label=f"not of the generation {settings.generation}",
                notes=(why,),
                help=remedy,
            )
