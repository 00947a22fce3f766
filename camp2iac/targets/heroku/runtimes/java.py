"""Java: ``heroku/jvm`` brings a JDK and builds nothing; the JAR runs as it is.

The buildpack tells each dyno a database as ``JDBC_DATABASE_URL``, ``_USERNAME`` and ``_PASSWORD`` besides
``DATABASE_URL``, and its memory in ``JAVA_TOOL_OPTIONS``.
"""

from __future__ import annotations

import shlex

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.runtimes import Build
from camp2iac.targets.programs.jars import fault


def prepare(build: Build) -> str | None:
    """Adds ``system.properties``; the command is that of machines."""
    copy, component = build.copy, build.component
    build.keep(component.statement, "heroku/jvm")
    release = build.release()
    if release is None:
        return None
    own = copy.text("system.properties")
    if own is None:
        copy.add("system.properties", f"java.runtime.version={release}\n", build.origin)
    build.keep_version(str(release) if own is None else "as system.properties says")
    jars = [name for name in copy.files if name.endswith(".jar") and "/" not in name]
    if len(jars) != 1:
        if not any(process.type == "web" for process in component.processes) and "Procfile" not in copy.files:
            build.fault(_which(build, jars))
        return None
    wrong = fault(copy.files[jars[0]].data, component)
    if wrong:
        content = component.content
        span = content.href.span if content.href else content.span
        message = f"{component.name} is no JAR that Java can run"
        build.fault(Diagnostic("CAMP445", message, span, label=wrong[0], help=wrong[1]))
        return None
    return f"java $JAVA_OPTS -Dserver.port=$PORT -jar {shlex.quote(jars[0])}"


def _which(build: Build, jars: list[str]) -> Diagnostic:
    return Diagnostic(
        "CAMP445",
        f"which JAR of {build.component.name} Java is to run, nobody can tell",
        build.component.span,
        label=f"{len(jars)} at its top",
        help="add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: java -jar FILE",
    )
