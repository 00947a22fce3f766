"""Products without a module here: the content stays unchanged, and ``heroku.yaml`` has the command."""

from __future__ import annotations

from camp2iac.targets.heroku.runtimes import Build


def prepare(build: Build) -> str | None:
    """Return the command of ``heroku.yaml``. Options and versions are for the buildpack's own configuration."""
    component, pack = build.component, build.pack
    build.keep(component.statement, ", ".join(pack.of(component.kind, fir=False)))
    for option in component.options.values():
        build.lose(
            option,
            "The buildpack has no such setting.",
            "Write a process `web` with the complete command (org.camp2iac:Process).",
        )
    if build.service.version is not None:
        build.degrade(
            build.service.version,
            "chosen by the buildpack",
            "The buildpack chooses the release.",
            "Set the release in the buildpack's own configuration file, in the content.",
        )
    return pack.web or None
