"""A Rack application; Bundler installs what ``Gemfile`` names, Puma serves what ``config.ru`` runs."""

from __future__ import annotations

import re

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand

_PUMA = re.compile(rb"""^\s*gem[\s(]+["']puma["']""", re.MULTILINE)
_BIND = '--bind "tcp://0.0.0.0:$PORT"'


class Ruby(ArtifactKind):
    """A Rack application."""

    words = "by Puma, on its machine"
    folder = True

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """Bundler, and what gems are compiled with, where a Gemfile is (or may be)."""
        return ("bundler",) if inside.read is None or "Gemfile" in inside.files else ()

    def packages(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """Bundler, and what gems are compiled with."""
        return ("bundler", "build-essential", "ruby-dev") if self.tools(inside) else ()

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """Puma, with what config.ru runs."""
        read = inside.read
        if read is None:
            return StartCommand(
                line=f"if [ -e Gemfile ]; then exec bundle exec puma {_BIND}; else exec puma {_BIND}; fi",
            )
        if "config.ru" not in inside.files:
            inside.unknown(
                f"which Rack application {inside.component.name} is, nobody can tell",
                inside.component.span,
                "no config.ru in it",
                "add one, or to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: COMMAND",
            )
        elif "Gemfile" in inside.files and not _PUMA.search(read("Gemfile")):
            inside.wrong(
                f"{inside.component.name} cannot be served by Puma: its Gemfile does not name it",
                "Bundler lets nothing else run",
                'add to Gemfile  gem "puma"  or give the command as org.camp2iac:Process, web',
            )
        return StartCommand(line=f"exec {'bundle exec ' if 'Gemfile' in inside.files else ''}puma {_BIND}")


KIND = Ruby()
