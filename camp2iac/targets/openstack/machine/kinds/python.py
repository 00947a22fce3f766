"""Python source: a WSGI application, or processes of any kind."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand, by_product
from camp2iac.targets.programs.python_packages import dependencies, installer
from camp2iac.targets.wsgi import application


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
        read = inside.read_content
        if read is not None:
            yield from dependencies(installer(inside.files), inside.component.content.at, inside.content.names, read)

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
