"""Java: a project that the platform builds with Maven, or the JAR or WAR that Maven or Gradle has built."""

from __future__ import annotations

import re

from camp2iac.detect import pom
from camp2iac.detect.starts import Project, Start
from camp2iac.detect.wishes import Wish
from camp2iac.record import replace

_ASIDE = re.compile(r"-(sources|javadoc|tests|plain)\.(jar|war)$|(^|/)original-")
_WAR = re.compile(r"""\bid\s*\(?\s*["']war["']|^\s*war\s*$""", re.MULTILINE)
_PROGRAM = re.compile(r"spring-?boot|\bapplication\b|shadow|\bwar\b|Main-Class")


def find(project: Project) -> list[Start]:
    """An archive that is built already, else a Maven project, else the archive that the build will create."""
    maven = "pom.xml" in project.folder
    kind, name = _maven(project) if maven else _gradle(project)
    if kind == "pom":
        return []
    folder = "target" if maven else "build/libs"
    archive = re.compile(rf"{folder}/[^/]+\.{kind}")
    built = [each for each in project.folder.names if archive.fullmatch(each) and not _ASIDE.search(each)]
    file = built[0] if len(built) == 1 else f"{folder}/{name}.{kind}" if name else ""
    if not file:
        question = f"The {kind.upper()} that the build creates, such as {folder}/shop.{kind}"
        return [Start(question=question, default=built[0] if built else "", key="content")]
    command = _command(maven, project)
    if maven and not built:
        why = f"{project.shown('pom.xml')}: a {kind.upper()}, which each platform builds"
        start = Start(why=why, artifact="org.apache.maven:Project")
    else:
        start = Start(content=file, why=f"what  {command}  creates", build="" if file in built else command)
    return [_war(start, project) if kind == "war" else start]


def _command(maven: bool, project: Project) -> str:
    wrapper, tool, task = ("mvnw", "mvn", "package") if maven else ("gradlew", "gradle", "build")
    return f"./{wrapper} {task}" if wrapper in project.folder else f"{tool} {task}"


def _war(start: Start, project: Project) -> Start:
    """A web archive for Tomcat: 9 has the packages of Java EE (``javax.servlet``), 10 and later those of Jakarta EE."""
    wish = None
    for rule in project.language.archives:
        file = next((name for name, _ in project.folder.search(rule.file, rule.pattern)), None)
        if file is not None:
            wish = Wish(project.shown(file), rule.words, rule.range)
            break
    return replace(
        start,
        wish=wish,
        product="tomcat",
        artifact=start.artifact or "com.java:WAR",
        requirement="com.java:HostOn",
        characteristic="com.java:ServletContainer",
    )


def _maven(project: Project) -> tuple[str, str]:
    """The kind of archive that Maven builds, and its name."""
    found = pom.read(project.folder.text("pom.xml"))
    return found.packaging if found.packaging in ("war", "pom") else "jar", found.archive


def _gradle(project: Project) -> tuple[str, str]:
    """The kind of archive that Gradle builds, and its name: ``NAME-VERSION``."""
    text = project.folder.lines("build.gradle") or project.folder.lines("build.gradle.kts")
    text = re.sub(r"//[^\n]*", "", text)
    settings = project.folder.lines("settings.gradle") or project.folder.lines("settings.gradle.kts")
    name = re.search(r"""rootProject\.name\s*=\s*["']([\w.-]+)["']""", settings)
    version = re.search(r"""^version\s*=?\s*["']([\w.-]+)["']""", text, re.MULTILINE)
    kind = "war" if _WAR.search(text) else "jar"
    if not name or not _PROGRAM.search(text):
        return kind, ""
    return kind, f"{name[1]}-{version[1]}" if version else name[1]
