"""The plan's process ``build``, and content whose application is in a folder of it (``root``)."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.runtimes import Build
from camp2iac.targets.heroku.runtimes.procfiles import procfile
from camp2iac.targets.kit.copies import Copy, formatted, processes
from camp2iac.targets.programs.builds import sites
from camp2iac.targets.programs.builds.node import SCRIPTS, NodeContent, of
from camp2iac.targets.programs.languages.nodejs import package_json
from camp2iac.topology.model import Component

_SCRIPT = "bin/post_compile"


def within(component: Component, command: str) -> str:
    """A command of a dyno, which starts at the top of the content."""
    at = component.content.at
    return f"cd {at} && {command}" if at else command


def own_procfile(copy: Copy) -> None:
    """Replace the Procfile at the top of the content by that of the application's folder."""
    at = copy.component.content.at
    if not at:
        return
    copy.files.pop("Procfile", None)
    document, own = copy.files.get(f"{at}/Procfile"), copy.text(f"{at}/Procfile")
    if own is not None and document is not None:
        lines = {type_: within(copy.component, line) for type_, line in processes(own).items()}
        copy.add("Procfile", procfile(None, lines), document.origin)


def content(copy: Copy) -> NodeContent:
    """The copy as Node.js builds it."""
    content = copy.component.content
    return of(tuple(copy.files), copy.read, content.at, content.span)


def scripted(build: Build, package: dict[str, object], content: NodeContent) -> bool:
    """Write what builds the application into the package.json that ``heroku/nodejs`` reads. Return whether it changed.

    The buildpack reads only the one at the top of the content. Its script for Heroku replaces its script ``build``.
    """
    planned, scripts = build.component.build, package.get("scripts")
    if planned is None and not content.at:
        return False
    scripts = dict(scripts) if isinstance(scripts, dict) else {}
    command = planned.command if planned is not None else content.command()
    if not command and not scripts.keys() & set(SCRIPTS):
        return False
    name = "heroku-build" if build.fir else "heroku-postbuild"
    if build.fir and "heroku-postbuild" not in command:  # which would run as well
        scripts.pop("heroku-postbuild", None)
    package["scripts"] = {**scripts, name: within(build.component, command) if command else "true"}
    if planned is not None:
        build.keep(planned.statement, f"{name} in package.json")
    return True


def site(build: Build, content: NodeContent, server: str) -> str:
    """Prepare a site that ``heroku/nodejs`` builds. Return the folder that the build fills; empty: nothing is built."""
    option = build.component.options.get("output")
    output = sites.output(content, build.literal("output"))
    if option is not None and output:
        build.keep(option, f"{server}: {output}")
    elif option is not None:
        build.lose(option, "It is not a path in the content.", "Write a folder, such as  dist.")
    if output:
        _site(build, content)
    return output


def _site(build: Build, content: NodeContent) -> None:
    copy, package = build.copy, package_json(content.top)
    if package is None or (not package and content.at):
        build.fault(_no_package(build))
        return
    package = package or {"name": build.component.id, "version": "0.0.0", "private": True}
    if scripted(build, package, content):
        old = copy.files.get("package.json")
        copy.add("package.json", formatted(package, indent=2), old.origin if old else build.component.span)


def _no_package(build: Build) -> Diagnostic:
    return Diagnostic(
        "CAMP445",
        f"{build.component.name} has no package.json that Heroku can read",
        build.component.content.span,
        label="Heroku builds this folder",
        help="add a package.json with the build to the top of this content",
    )


def after_python(build: Build) -> None:
    """Let ``heroku/python`` run the plan's build after it has installed the packages."""
    planned, copy = build.component.build, build.copy
    if planned is None or build.fir:  # the cloud native buildpack runs no such script
        return
    own = copy.text(_SCRIPT)
    text = "#!/usr/bin/env bash\nset -e\n" if own is None else own if own.endswith("\n") else f"{own}\n"
    copy.add(_SCRIPT, f"{text}{within(build.component, planned.command)}\n", planned.statement.span, executable=True)
    build.keep(planned.statement, f"{_SCRIPT}, after the packages")


def account(build: Build) -> None:
    """Record that no buildpack runs the plan's build, unless its runtime has kept it."""
    planned = build.component.build
    if planned is None or any(entry.statement is planned.statement for entry in build.outcomes):
        return
    build.lose(
        planned.statement,
        "No buildpack of this app runs a command of the plan.",
        "Build it before you compile the plan, or use the buildpack's own hook in the content.",
    )
