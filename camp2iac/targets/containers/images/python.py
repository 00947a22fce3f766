"""Python: the packages in a virtual environment, and gunicorn for a WSGI application."""

from __future__ import annotations

import shlex

from camp2iac.targets import wsgi
from camp2iac.targets.containers.images import ImageBuild
from camp2iac.targets.programs.python_packages import dependencies, installer, packages, requirements


def prepare(build: ImageBuild) -> None:
    """Find the packages and the application. Without one, the processes of the plan run."""
    component = build.component
    application, found = component.options.get("application"), None
    if application is not None:
        text = application.value.literal
        serve(build, wsgi.application(text) if text is not None else None)
    elif build.serves and (found := wsgi.application(None, *build.copy.home)) is not None:
        serve(build, found)
    else:
        install(build, gunicorn=False)


def serve(build: ImageBuild, target: str | None) -> None:
    """Let gunicorn serve an application, ``module:callable``. CAMP479 if there is none."""
    application = build.component.options.get("application")
    if target is None:
        text = " ".join((build.literal("application") or "a value known after apply").split())
        build.wrong(
            f"has no WSGI application {text}" if application else "has no recognisable WSGI application",
            "not a module and a name in it" if application else "gunicorn serves it",
            "write for example  com.python.wsgi.application: main/app",
            application.span if application else build.component.span,
        )
        return
    if application is not None:
        build.keep(application, "gunicorn")
    if server := build.component.options.get("server"):
        build.keep(server, "gunicorn")
    workers = build.number("workers", "{} processes of gunicorn")
    options = f"--workers {workers} " if workers else ""
    build.processes["web"] = f"exec gunicorn --bind 0.0.0.0:$PORT {options}{shlex.quote(target)}"
    install(build, gunicorn=True)


def install(build: ImageBuild, *, gunicorn: bool) -> None:
    """What installs the packages, and whether gunicorn is not among them."""
    names, read = build.copy.home
    found = installer(names)
    whole, at = tuple(build.copy.files), build.component.content.at
    everything = build.copy.read
    build.compiles += dependencies(found, at, whole, everything)
    lines = requirements(at, whole, everything).splitlines() if found.tool == "pip" else []
    digests = any("--hash" in line for line in lines)
    if found.locks and "gunicorn" in packages(found, read):
        gunicorn = False
    # Lines that refer to other files need all of the content.
    alone = found.tool == "pip" and not any(line.lstrip().startswith(("-", ".", "/")) for line in lines)
    build.facts |= {
        "tool": found.tool,
        "file": found.file,
        "gunicorn": gunicorn,
        "separate": gunicorn and (found.locks or digests or not found.tool),
        "alone": alone,
    }
