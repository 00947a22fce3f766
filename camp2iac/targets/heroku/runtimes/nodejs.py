"""Node.js: ``heroku/nodejs`` installs the packages in ``package.json`` and runs its start script."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.runtimes import Build, builds
from camp2iac.targets.kit.copies import formatted
from camp2iac.targets.programs.languages.nodejs import package_json

_MAIN = ("server.js", "index.js", "app.js", "main.js")


def prepare(build: Build) -> str | None:
    """Add the release of Node.js to ``package.json``, and create the file if it does not exist."""
    copy, component = build.copy, build.component
    text = copy.text("package.json")
    package: dict[str, Any] = {}
    if text is not None:
        try:
            parsed = json.loads(text)
        except ValueError:
            parsed = None
        if not isinstance(parsed, dict):
            build.fault(
                Diagnostic(
                    "CAMP445",
                    f"the package.json of {component.name} is not a JSON object",
                    component.content.span,
                    label="Heroku cannot build this",
                    help="write a JSON object into package.json",
                )
            )
            return None
        package = parsed
    content = builds.content(copy)
    if content.at and text is None:
        build.fault(
            Diagnostic(
                "CAMP445",
                f"the root of {component.name} has no package.json",
                component.content.span,
                label="Heroku builds this folder",
                help="add a package.json with  workspaces  to it, or remove  root:",
            )
        )
        return None
    given, package = package, _with_engine(build, {**package}, package_json(content.home) or {})
    builds.scripted(build, package, content)
    if text is None:
        package = {"name": component.id, "version": "0.0.0", "private": True, **package}
    if package != given or text is None:
        old = copy.files.get("package.json")
        written = formatted(package, indent=2)
        copy.add("package.json", written, old.origin if old else component.span)
    build.keep(component.statement, "heroku/nodejs")
    if port := component.options.get("port"):
        build.degrade(
            port,
            "$PORT, chosen by Heroku",
            "A dyno must listen on $PORT, and only Heroku's router can reach it.",
            "Change the application to listen on process.env.PORT.",
        )
    if not content.at:
        return _command(package, copy.files)
    command = _command(package_json(content.home) or {}, dict.fromkeys(content.home.names))
    return None if command is None else builds.within(component, command)


def _with_engine(build: Build, package: dict[str, Any], home: Mapping[str, object]) -> dict[str, Any]:
    """The package with the release of Node.js that the plan asks for, unless it or the workspace names its own."""
    engines, inner = package.get("engines"), home.get("engines")
    engines = engines if isinstance(engines, dict) else {}
    if isinstance(engines.get("node"), str):
        build.keep_version(f"{engines['node']}, from package.json")
        return package
    own = inner.get("node") if isinstance(inner, dict) else None
    if isinstance(own, str):  # of a workspace, which the buildpack does not read
        build.keep_version(f"{own}, from package.json")
        return {**package, "engines": {**engines, "node": own}}
    release = build.release()
    if release is None:
        return package
    build.keep_version(str(release))
    return {**package, "engines": {**engines, "node": f"{release}.x"}}


def _command(package: dict[str, Any], files: dict[str, Any]) -> str | None:
    scripts = package.get("scripts")
    if isinstance(scripts, dict) and "start" in scripts:
        return "npm start"
    main = package.get("main")
    candidates = (main, *_MAIN) if isinstance(main, str) else _MAIN
    found = next((name for name in candidates if name.removeprefix("./") in files), None)
    return f"node {shlex.quote(found)}" if found else None
