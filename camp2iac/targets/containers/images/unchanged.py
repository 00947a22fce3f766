"""Products of users: the content stays unchanged, and ``docker.yaml`` has the command."""

from __future__ import annotations

from camp2iac.targets.containers.images import ImageBuild


def prepare(build: ImageBuild) -> None:
    """The command of ``docker.yaml``."""
    if build.runtime.web:
        build.processes["web"] = build.runtime.web
