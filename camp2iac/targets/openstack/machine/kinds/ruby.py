"""A Rack application. Bundler installs the gems in ``Gemfile``, and Puma serves ``config.ru``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand

_LOCKED = re.compile(r"^    ([A-Za-z0-9][\w.-]*) \(", re.MULTILINE)
_BIND = '--bind "tcp://0.0.0.0:$PORT"'


class Ruby(ArtifactKind):
    """A Rack application."""

    words = "served by Puma on its instances"
    folder = True

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """Bundler, if there is a Gemfile or if that is unknown."""
        return ("bundler",) if inside.read is None or "Gemfile" in inside.files else ()

    def packages(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """Bundler, and the compiler and headers for gems."""
        return ("bundler", "build-essential", "ruby-dev") if self.tools(inside) else ()

    def locked(self, inside: ArtifactOnMachine) -> str:
        """Bundler, if the content has its lock file."""
        return "bundler" if inside.read is not None and {"Gemfile", "Gemfile.lock"} <= set(inside.files) else ""

    def dependencies(self, inside: ArtifactOnMachine) -> Iterable[str]:
        """The gems in Gemfile.lock. Without one, Bundler prefers the gems of the distribution."""
        if inside.read is not None and self.locked(inside):
            yield from _LOCKED.findall(inside.read("Gemfile.lock").decode("utf-8", "replace"))

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """Puma, with config.ru."""
        read = inside.read
        if read is None:
            return StartCommand(
                line=f"if [ -e Gemfile ]; then exec bundle exec puma {_BIND}; else exec puma {_BIND}; fi",
            )
        if "config.ru" not in inside.files:
            inside.unknown(
                f"the content of {inside.component.name} does not show which Rack application to run",
                inside.component.span,
                "it has no config.ru",
                "add a config.ru to the content, or to its requirements\n"
                "  - requirement_type: org.camp2iac:Process\n    web: COMMAND",
            )
        return StartCommand(line=f"exec {'bundle exec ' if 'Gemfile' in inside.files else ''}puma {_BIND}")


KIND = Ruby()
