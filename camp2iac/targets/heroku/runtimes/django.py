"""Django: a project for ``heroku/python``, migrated at each release. The buildpack collects static files."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets import wsgi
from camp2iac.targets.heroku.runtimes import Build, builds, python


def prepare(build: Build) -> str | None:
    """Prepare it like Python. If the plan does not name the application, ``manage.py`` does."""
    copy, component = build.copy, build.component
    names, read = copy.home
    if "manage.py" not in names:
        build.fault(
            Diagnostic(
                "CAMP445",
                f"{component.name} is not a Django project",
                component.content.span,
                label="this content has no manage.py",
                help="name the folder with manage.py",
            )
        )
        return None
    builds.after_python(build)
    build.processes.setdefault("release", builds.within(component, "python manage.py migrate --noinput"))
    statement = build.literal("application")
    return python.serve(build, wsgi.application(statement, names, read))
