"""Python: ``heroku/python`` installs the packages, and gunicorn serves the WSGI application.

The buildpack refuses content with more than one file for the packages, and content with only a project. The copy has
exactly the file that instances also use (:mod:`camp2iac.targets.programs.python_packages`).
"""

from __future__ import annotations

import re
import shlex

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets import wsgi
from camp2iac.targets.heroku.runtimes import Build, below_the_root, builds
from camp2iac.targets.programs.python_packages import installer, packages, requirements

_MANAGED = {
    "requirements.txt": "pip",
    "uv.lock": "uv",
    "poetry.lock": "poetry",
    "Pipfile.lock": "pipenv",
    "Pipfile": "pipenv",
}
_ADD = {"uv": "uv add gunicorn", "poetry": "poetry add gunicorn", "pipenv": "pipenv install gunicorn"}
_GUNICORN = re.compile(r"^\s*gunicorn\s*([\[<>=!~;@#]|$)", re.IGNORECASE | re.MULTILINE)


def prepare(build: Build) -> str | None:
    """Add ``.python-version`` and gunicorn, unless the content has them."""
    copy, component = build.copy, build.component
    builds.after_python(build)
    application = component.options.get("application")
    found = None
    if not any(process.type == "web" for process in component.processes) and "Procfile" not in copy.files:
        found = wsgi.application(None, *copy.home)
    if application is None and found is not None:
        return serve(build, found)
    if application is None:
        build.keep(component.statement, "heroku/python")
        _version(build)
        _one_file(build)
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
    _one_file(build)
    _gunicorn(build)
    return builds.within(component, f"gunicorn --bind=0.0.0.0:$PORT {shlex.quote(target)}")


def _version(build: Build) -> None:
    copy, at = build.copy, build.component.content.at
    if at and (nearer := copy.files.get(f"{at}/.python-version")):  # the buildpack reads only that at the top
        copy.add(".python-version", nearer.content, nearer.origin)
    own = copy.text(".python-version") or copy.text("runtime.txt")
    if own is not None:
        build.keep_version(f"{' '.join(own.split()).removeprefix('python-')}, from the content")
        return
    if release := build.release():
        wanted = build.service.version
        copy.add(".python-version", f"{release}\n", wanted.span if wanted else build.component.span)
        build.keep_version(str(release))


def _one_file(build: Build) -> None:
    """Leave only the file that names the packages. Without one, write requirements.txt: the project, or nothing."""
    if build.component.content.at:
        _at_the_top(build)
        return
    copy, found = build.copy, installer(build.copy.files)
    if "Pipfile" in copy.files and found.tool not in ("pip", "uv", "poetry", "pipenv"):
        build.fault(
            Diagnostic(
                "CAMP445",
                f"{build.component.name} has a Pipfile, but no Pipfile.lock",
                build.component.content.span,
                label="Heroku cannot build this",
                help="run  pipenv lock  and add Pipfile.lock to the content",
            )
        )
        return
    for name, tool in _MANAGED.items():
        if tool != found.tool:
            copy.files.pop(name, None)
    if found.tool == "project":
        copy.add("requirements.txt", ".\n", copy.files[found.file].origin)
    elif not found.tool:
        copy.add("requirements.txt", "", build.origin)


def _at_the_top(build: Build) -> None:
    """Write requirements.txt at the top, where the buildpack reads it, with what the component's folder names."""
    copy, at = build.copy, build.component.content.at
    found = installer(copy.home[0])
    if found.locks:
        build.fault(below_the_root(build, found.file))
        return
    text, origin = f"./{at}\n" if found.tool else "", build.origin
    if found.file:
        origin = copy.files[f"{at}/{found.file}"].origin or origin
    if found.tool == "pip":
        text = requirements(at, tuple(copy.files), copy.read)
    for name in _MANAGED:
        copy.files.pop(name, None)
    copy.add("requirements.txt", text, origin)


def _gunicorn(build: Build) -> None:
    """Add gunicorn to requirements.txt. A lock file must have it."""
    copy, found = build.copy, installer(build.copy.files)
    if found.locks:
        if "gunicorn" not in packages(found, copy.read):
            build.degrade(
                build.component.options.get("application", build.component.statement),
                "gunicorn, if it is installed",
                f"The Procfile runs gunicorn, but Heroku installs only the packages in {found.file}.",
                f"Run {_ADD[found.tool]}, and add the changed files to the content.",
            )
        return
    own = copy.text("requirements.txt") or ""
    document = copy.files.get("requirements.txt")
    if document is None or _GUNICORN.search(own) or "--hash" in own:
        return
    text = own if not own or own.endswith("\n") else f"{own}\n"
    copy.add("requirements.txt", f"{text}gunicorn\n", document.origin)
