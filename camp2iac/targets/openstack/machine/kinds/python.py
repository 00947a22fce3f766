"""Python source: a WSGI application, or processes of any kind."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand, by_product
from camp2iac.targets.programs.python_packages import installer, packages, plain
from camp2iac.targets.wsgi import application

_INCLUDED = re.compile(r"\s*(?:-r|--requirement)[ =]*(\S+)")
_NAMED = re.compile(r"\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?")


class Python(ArtifactKind):
    """Python source."""

    words = "in a virtual environment"
    folder = True

    def locked(self, inside: ArtifactOnMachine) -> str:
        """The program of its lock file, or pip for requirements with digests, which pip then requires of all."""
        read, found = inside.read, installer(inside.files)
        if read is None:
            return ""
        if found.tool == "pip":
            return "pip" if b"--hash" in read(found.file) else ""
        return found.tool if found.locks else ""

    def dependencies(self, inside: ArtifactOnMachine) -> Iterable[str]:
        """The distributions in the file that names them, in the form of PyPI."""
        read, found = inside.read, installer(inside.files)
        if found.tool == "pip":
            yield from self._required(inside)
        elif read is not None and found.tool:
            yield from packages(found, read)

    def _required(self, inside: ArtifactOnMachine) -> Iterable[str]:
        """The distributions in requirements.txt and the files that it includes."""
        read, waiting, seen = (
            inside.read_content,
            [posixpath.join(inside.component.content.at, "requirements.txt")],
            set[str](),
        )
        while read is not None and waiting:
            file = posixpath.normpath(waiting.pop())
            if file in seen or file not in inside.content.names:
                continue
            seen.add(file)
            for line in read(file).decode("utf-8", "replace").splitlines():
                if found := _INCLUDED.match(line):
                    waiting.append(posixpath.join(posixpath.dirname(file), found[1]))
                elif found := _NAMED.match(line):
                    name = plain(found[1])
                    yield name
                    yield from (f"{name}-{extra.strip().lower()}" for extra in (found[2] or "").split(","))

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """gunicorn, with the application: ``module:callable``."""
        read, component = inside.read, inside.component
        found = application(inside.options.get("application"), inside.files if read else (), read)
        if found is None:
            statement = component.options.get("application")
            inside.unknown(
                f"the WSGI application of {component.name} is not known",
                statement.value.span if statement else component.span,
                "not MODULE/NAME" if statement else "no WSGI application found",
                "add to its host requirement  com.python.wsgi.application: MODULE/NAME",
            )
        return by_product(inside, application=found or "none:none")


KIND = Python()
