"""Java: ``heroku/jvm`` installs a JDK and builds nothing. The JAR runs unchanged.

In addition to ``DATABASE_URL``, the buildpack sets ``JDBC_DATABASE_URL``, ``_USERNAME`` and ``_PASSWORD`` in each dyno,
and the memory in ``JAVA_TOOL_OPTIONS``.
"""

from __future__ import annotations

import shlex

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.runtimes import Build


def prepare(build: Build) -> str | None:
    """Add ``system.properties``. The command is the same as on instances."""
    copy, component = build.copy, build.component
    build.keep(component.statement, "heroku/jvm")
    release = build.release()
    if release is None:
        return None
    own = copy.text("system.properties")
    if own is None:
        copy.add("system.properties", f"java.runtime.version={release}\n", build.origin)
    build.keep_version(str(release) if own is None else "as in system.properties")
    jars = [name for name in copy.files if name.endswith(".jar") and "/" not in name]
    if len(jars) != 1:
        if not any(process.type == "web" for process in component.processes) and "Procfile" not in copy.files:
            build.fault(_which(build, jars))
        return None
    return f"java $JAVA_OPTS -Dserver.port=$PORT -jar {shlex.quote(jars[0])}"


def _which(build: Build, jars: list[str]) -> Diagnostic:
    return Diagnostic(
        "CAMP445",
        f"{build.component.name} must contain exactly one JAR at the top level",
        build.component.span,
        label=f"this content has {len(jars)}",
        help="add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: java -jar FILE",
    )
