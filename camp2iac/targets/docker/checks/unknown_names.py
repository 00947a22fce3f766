"""CAMP601: the environment file names components or services that the plan does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.containers.layout import given
from camp2iac.targets.docker.layout.layout import DockerLayout


def check(layout: DockerLayout) -> Iterator[Diagnostic]:
    """Check names where the schema has ``x-names``."""
    yield from given.unknown("camp2iac.targets.docker", layout.settings.environment, layout.topology)
