"""Python: ``heroku/python`` installs the requirements, and gunicorn serves the WSGI application."""

from __future__ import annotations

import re
import shlex

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets import wsgi
from camp2iac.targets.heroku.runtimes import Build, builds

_OTHERS = ("pyproject.toml", "Pipfile", "poetry.lock", "uv.lock")
_GUNICORN = re.compile(r"^\s*gunicorn\s*([\[<>=!~;@#]|$)", re.IGNORECASE | re.MULTILINE)


def prepare(build: Build) -> str | None:
    """Add ``.python-version`` and gunicorn, unless the content has them."""
    copy, component = build.copy, build.component
    builds.after_python(build)
    application = component.options.get("application")
    found = None
    if not any(process.type == "web" for process in component.processes) and "Procfile" not in copy.files:
        found = wsgi.application(None, tuple(copy.files), lambda name: copy.files[name].data)
    if application is None and found is not None:
        return serve(build, found)
    if application is None:
        build.keep(component.statement, "heroku/python")
        _version(build)
        if not any(name in copy.files for name in ("requirements.txt", *_OTHERS)):
            copy.add("requirements.txt", "", component.span)
        return None
    text = application.value.literal
    return serve(build, wsgi.application(text) if text is not None else None)


def serve(build: Build, target: str | None) -> str | None:
    """gunicorn's command for an application, ``module:callable``. CAMP445 if there is none."""
    component = build.component
    _version(build)
    build.keep(component.statement, "heroku/python")
    application = component.options.get("application")
    if target is None:
        text = application.value.literal if application else None
        build.fault(
            Diagnostic(
                "CAMP445",
                f"this is not the name of a WSGI application: {' '.join((text or 'a value known after apply').split())}"
                if application
                else f"{component.name} has no recognisable WSGI application",
                application.span if application else component.span,
                label="write a module and a name in it",
                help="write for example  com.python.wsgi.application: main/app",
            )
        )
        return None
    if application is not None:
        build.keep(application, "gunicorn, in the Procfile")
    if server := component.options.get("server"):
        build.keep(server, "gunicorn")
    _gunicorn(build)
    return f"gunicorn --bind=0.0.0.0:$PORT {shlex.quote(target)}"


def _version(build: Build) -> None:
    copy = build.copy
    own = copy.text(".python-version") or copy.text("runtime.txt")
    if own is not None:
        build.keep_version(f"{' '.join(own.split()).removeprefix('python-')}, from the content")
        return
    if release := build.release():
        wanted = build.service.version
        copy.add(".python-version", f"{release}\n", wanted.span if wanted else build.component.span)
        build.keep_version(str(release))


def _gunicorn(build: Build) -> None:
    copy = build.copy
    own = copy.text("requirements.txt")
    if own is None and any(name in copy.files for name in _OTHERS):
        found = next(name for name in _OTHERS if name in copy.files)
        if "gunicorn" not in (copy.text(found) or ""):
            build.degrade(
                build.component.options.get("application", build.component.statement),
                "gunicorn, if it is installed",
                f"The Procfile runs gunicorn, but Heroku installs only the packages in {found}.",
                f"Add gunicorn to {found}.",
            )
        return
    if own is not None and (_GUNICORN.search(own) or "--hash" in own):
        return
    text = "" if own is None else own if not own or own.endswith("\n") else f"{own}\n"
    document = copy.files.get("requirements.txt")
    copy.add("requirements.txt", f"{text}gunicorn\n", document.origin if document else build.origin)
