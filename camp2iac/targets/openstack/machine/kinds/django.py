"""A Django project: migrated before each start, its static files collected."""

from __future__ import annotations

from camp2iac.record import replace
from camp2iac.targets.openstack.machine.kinds import ArtifactOnMachine, python
from camp2iac.targets.wsgi import settings


def _check(inside: ArtifactOnMachine) -> None:
    if inside.read is not None and "manage.py" not in inside.files:
        inside.wrong(
            f"{inside.component.name} is no Django project",
            "no manage.py in it",
            "name the folder that has it, or let it be an org.python:src that runs by com.python:wsgi",
        )


def _static(inside: ArtifactOnMachine) -> tuple[str, ...]:
    """Whether static files are to be collected: the settings say where to."""
    read = inside.read
    if read is None:
        return ()
    module = (settings(inside.files, read) or "").replace(".", "/")
    texts = [read(name) for name in inside.files if module and name.startswith(module) and name.endswith(".py")]
    return ("static",) if any(b"STATIC_ROOT" in text for text in texts) else ()


def _migrate(inside: ArtifactOnMachine) -> str:
    return "exec python manage.py migrate --noinput"


KIND = replace(python.KIND, tools=_static, check=_check, before_start=_migrate)
