"""CAMP633: settings that the generation of the apps does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """fir has no stack, log drains, shield or custom address ranges. cedar has no telemetry drains."""
    settings = layout.settings
    absent = {
        "stack": (("stack",), "cloud native buildpacks build its images", "remove  stack:"),
        "drains": (("drains",), "fir sends logs through OpenTelemetry", "write  telemetry:  instead of  drains:"),
        "shield": (
            ("space", "shield"),
            "only spaces of the generation cedar can be shield spaces",
            "remove  shield:  or write  generation: cedar",
        ),
        "cidr": (
            ("space", "cidr"),
            "its spaces have fixed address ranges",
            "remove  cidr:  or write  generation: cedar",
        ),
        "data_cidr": (
            ("space", "data_cidr"),
            "its spaces have fixed address ranges",
            "remove  data_cidr:  or write  generation: cedar",
        ),
        "base_name": (
            ("pipeline", "review_apps", "base_name"),
            "its review apps have random names",
            "remove  base_name:",
        ),
    }
    if not settings.fir:
        absent = {"telemetry": (("telemetry",), "only fir has OpenTelemetry", "write  drains:  instead of  telemetry:")}
    words = {"drains": "log drains", "telemetry": "telemetry drains", "base_name": "base_name for review apps"}
    for key, (path, why, help_) in absent.items():
        if settings.environment.get(*path) is not None:
            yield Diagnostic(
                "CAMP633",
                f"apps of the generation {settings.generation} have no {words.get(key, key)}",
                settings.environment.span(*path),
                label=f"not of the generation {settings.generation}",
                notes=(why,),
                help=help_,
            )
