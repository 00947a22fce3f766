"""Ruby: ``heroku/ruby`` installs the gems in ``Gemfile.lock``, and Puma serves ``config.ru``."""

from __future__ import annotations

import re

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.runtimes import Build

_PUMA = re.compile(r"""^\s*gem[\s(]+["']puma["']""", re.MULTILINE)


def prepare(build: Build) -> str | None:
    """If there is no ``Gemfile``, add one and its lock file, with Puma and Rack."""
    copy, component = build.copy, build.component
    build.keep(component.statement, "heroku/ruby")
    own, lock = copy.text("Gemfile"), copy.text("Gemfile.lock")
    if own is None:
        copy.add("Gemfile", build.pack.runtime["gemfile"], component.span)
        copy.add("Gemfile.lock", build.pack.runtime["lock"], component.span)
    elif lock is None:
        _wrong(build, "has a Gemfile, but no Gemfile.lock", "run bundle lock and add Gemfile.lock to the content")
        return None
    _version(build, lock or "")
    if any(process.type == "web" for process in component.processes) or "Procfile" in copy.files:
        return None
    if "config.ru" not in copy.files:
        _wrong(
            build,
            "has no config.ru for Rack",
            "add config.ru, or a requirement org.camp2iac:Process with  web: COMMAND",
        )
    elif own is not None and not _PUMA.search(own):
        _wrong(build, "does not have Puma in its Gemfile", 'add to Gemfile  gem "puma"')
    return "bundle exec puma --bind tcp://0.0.0.0:$PORT"


def _version(build: Build, lock: str) -> None:
    wanted = build.service.version
    if wanted is None:
        return
    if found := re.search(r"^RUBY VERSION\n\s+ruby ([0-9.]+)", lock, re.MULTILINE):
        build.keep_version(f"{found[1]}, from Gemfile.lock")
    elif build.release() is not None:
        build.degrade(
            wanted,
            "the buildpack's default",
            "Heroku installs the release in Gemfile.lock, which does not have one.",
            'Add  ruby file: ".ruby-version"  to Gemfile, create .ruby-version, and run bundle lock.',
        )


def _wrong(build: Build, what: str, help_: str) -> None:
    build.fault(
        Diagnostic(
            "CAMP445",
            f"{build.component.name} {what}",
            build.component.content.span,
            label="Heroku cannot start this",
            help=help_,
        )
    )
