"""Django: a project for ``heroku/python``, migrated at each release. The buildpack collects static files by itself."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets import wsgi
from camp2iac.targets.heroku.runtimes import Build, python


def prepare(build: Build) -> str | None:
    """As Python; the application is what ``manage.py`` says unless the plan does."""
    copy, component = build.copy, build.component
    if "manage.py" not in copy.files:
        build.fault(
            Diagnostic(
                "CAMP445",
                f"{component.name} is no Django project",
                component.content.span,
                label="no manage.py in it",
                help="name the folder that has it",
            )
        )
        return None
    build.processes.setdefault("release", "python manage.py migrate --noinput")
    statement = build.literal("application")
    return python.serve(build, wsgi.application(statement, tuple(copy.files), lambda name: copy.files[name].data))
