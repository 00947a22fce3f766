"""CAMP230: registries in the environment file that no image of the plan comes from."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets import registries
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Compare the names of the registries with those of the images."""
    return registries.unused(layout.settings.environment, layout.topology.components.values())
