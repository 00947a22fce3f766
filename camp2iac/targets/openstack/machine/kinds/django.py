"""A Django project, with its migrations before each start and its static files."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactOnMachine
from camp2iac.targets.openstack.machine.kinds.python import Python
from camp2iac.targets.wsgi import settings


class Django(Python):
    """A Django project."""

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """Collect static files if the settings have a folder for them."""
        read = inside.read
        if read is None:
            return ()
        module = (settings(inside.files, read) or "").replace(".", "/")
        texts = [read(name) for name in inside.files if module and name.startswith(module) and name.endswith(".py")]
        return ("static",) if any(b"STATIC_ROOT" in text for text in texts) else ()

    def before_start(self, inside: ArtifactOnMachine) -> str:
        """The migrations."""
        return "exec python manage.py migrate --noinput"


KIND = Django()
