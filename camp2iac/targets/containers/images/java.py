"""Java: a JAR, or a project that Maven or Gradle builds."""

from __future__ import annotations

import shlex

from camp2iac.targets.containers.images import ImageBuild
from camp2iac.targets.programs.java_projects import KINDS, needs

_ARCHIVE = """\
#!/bin/sh
# camp-archive: writes the path of what the build created into /opt/archive: the only {what}.
set -eu
found=
for file in target/*.{ending} */target/*.{ending} build/libs/*.{ending} */build/libs/*.{ending}{more}; do
  if [ ! -f "$file" ]; then continue; fi
  case ${{file##*/}} in original-* | *-sources.* | *-javadoc.* | *-tests.* | *-plain.*) continue ;; esac
{test}  if [ "$found" ]; then
    echo "the build created $found and $file instead of one {what}" >&2
    exit 1
  fi
  found=$file
done
if [ ! "$found" ]; then
  echo "the build created no {what}" >&2
  exit 1
fi
printf %s "$PWD/$found" > /opt/archive
chmod -R u=rwX,go=rX /app
"""
_MAIN = """\
  rm -rf /tmp/META-INF
  (cd /tmp && jar xf "$OLDPWD/$file" META-INF/MANIFEST.MF)
  if ! grep -qs '^Main-Class:' /tmp/META-INF/MANIFEST.MF; then continue; fi
"""


def prepare(build: ImageBuild) -> None:
    """Find the JAR, or what builds it."""
    heap = build.number("heap", "{} MiB, in the command")
    memory = f"-Xmx{heap}m " if heap else ""
    if build.component.kind in KINDS:
        project(build, "jar")
        jar = "$(cat /opt/archive)"
        build.processes["web"] = f'exec java {memory}-Dserver.port=$PORT -jar "{jar}"'
        return
    build.facts["tool"] = ""
    names, _ = build.copy.home
    jars = [name for name in names if name.endswith(".jar") and "/" not in name]
    if len(jars) == 1:
        build.processes["web"] = f"exec java {memory}-Dserver.port=$PORT -jar {shlex.quote(jars[0])}"
    elif build.serves:
        build.wrong(
            "does not show which JAR to run",
            f"this content has {len(jars)} at its top",
            "add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: exec java -jar FILE",
            build.component.span,
        )


def project(build: ImageBuild, ending: str) -> None:
    """What builds a project, and finds the archive: a JAR with a main class, or a web archive."""
    names, _ = build.copy.home
    tool = build.component.kind
    if lacks := needs(tool, names):
        build.wrong(f"has no {lacks}", f"{tool.title()} needs it", f"add {lacks} to the content")
        return
    jar = ending == "jar"
    build.facts |= {"tool": tool, "wrapper": "mvnw" in names}
    build.beside["camp-archive"] = _ARCHIVE.format(
        ending=ending,
        what="JAR with a main class" if jar else "web archive",
        more=" target/quarkus-app/quarkus-run.jar" if jar else "",
        test=_MAIN if jar else "",
    )
