"""Java: ``heroku/jvm`` installs a JDK and builds nothing, so the JAR runs unchanged. Projects have other buildpacks.

In addition to ``DATABASE_URL``, the buildpack sets ``JDBC_DATABASE_URL``, ``_USERNAME`` and ``_PASSWORD`` in each dyno,
and the memory in ``JAVA_TOOL_OPTIONS``.
"""

from __future__ import annotations

import shlex

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.runtimes import Build
from camp2iac.targets.programs.java_projects import KINDS, archive


def prepare(build: Build) -> str | None:
    """Add ``system.properties``. The command is the same as on instances."""
    copy, component = build.copy, build.component
    project = component.kind in KINDS
    build.keep(component.statement, ", ".join(build.pack.of(component.kind, fir=False)) if project else "heroku/jvm")
    release = build.release()
    if release is None:
        return None
    own = copy.text("system.properties")
    if own is None:
        copy.add("system.properties", f"java.runtime.version={release}\n", build.origin)
    build.keep_version(str(release) if own is None else "as in system.properties")
    if project:
        return _built(build)
    jars = [name for name in copy.files if name.endswith(".jar") and "/" not in name]
    if len(jars) != 1:
        if not any(process.type == "web" for process in component.processes) and "Procfile" not in copy.files:
            build.fault(_which(build, jars))
        return None
    return f"java $JAVA_OPTS -Dserver.port=$PORT -jar {shlex.quote(jars[0])}"


def _built(build: Build) -> str | None:
    """The JAR that Maven creates. CAMP445 if the project does not show its name."""
    jar = archive(build.copy.text("pom.xml") or "", "jar") if build.component.kind == "maven" else ""
    if jar:
        return f"java $JAVA_OPTS -Dserver.port=$PORT -jar {shlex.quote(jar)}"
    if not any(process.type == "web" for process in build.component.processes) and "Procfile" not in build.copy.files:
        folder = "target" if build.component.kind == "maven" else "build/libs"
        build.fault(
            Diagnostic(
                "CAMP445",
                f"the JAR that the build of {build.component.name} creates is not known",
                build.component.span,
                label="Heroku starts it by its name",
                help="add to its requirements\n  - requirement_type: org.camp2iac:Process\n"
                f"    web: java -jar {folder}/FILE",
            )
        )
    return None


def _which(build: Build, jars: list[str]) -> Diagnostic:
    return Diagnostic(
        "CAMP445",
        f"{build.component.name} must contain exactly one JAR at the top level",
        build.component.span,
        label=f"this content has {len(jars)}",
        help="add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: java -jar FILE",
    )
