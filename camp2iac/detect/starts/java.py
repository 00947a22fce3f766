"""Java: the JAR or WAR that Maven or Gradle builds."""

from __future__ import annotations

import re

from camp2iac.detect.starts import Project, Start

_ASIDE = re.compile(r"-(sources|javadoc|tests|plain)\.(jar|war)$|(^|/)original-")
_SECTIONS = re.compile(
    r"<(parent|dependencies|dependencyManagement|build|profiles|properties|reporting|modules|repositories|pluginRepositories|licenses|developers|scm)>.*?</\1>",
    re.DOTALL,
)


def find(project: Project) -> list[Start]:
    """An archive that is built already, else the one that the build will create."""
    maven = "pom.xml" in project.folder
    text = re.sub(r"<!--.*?-->", "", project.folder.text("pom.xml"), flags=re.DOTALL) if maven else _gradle(project)
    own = _SECTIONS.sub("", text)
    packaging = (
        _tag(own, "packaging")
        if maven
        else ("war" if re.search(r"""\bid\s*\(?\s*["']war["']|^\s*war\s*$""", text, re.M) else "jar")
    )
    if packaging == "pom":
        return []
    kind = "war" if packaging == "war" else "jar"
    folder = "target" if maven else "build/libs"
    built = [
        name
        for name in project.folder.names
        if re.fullmatch(rf"{folder}/[^/]+\.{kind}", name) and not _ASIDE.search(name)
    ]
    file = (
        built[0]
        if len(built) == 1
        else _expected(own, text, folder, kind, project)
        if maven
        else _gradle_file(text, kind, project)
    )
    if not file:
        question = f"The {kind.upper()} that the build creates, such as {folder}/shop.{kind}"
        return [Start(question=question, default=built[0] if built else "", key="content")]
    wrapper = (
        ("./mvnw" if "mvnw" in project.folder else "mvn")
        if maven
        else ("./gradlew" if "gradlew" in project.folder else "gradle")
    )
    command = f"{wrapper} package" if maven else f"{wrapper} build"
    start = Start(content=file, why=f"what  {command}  creates", build="" if file in built else command)
    return [_war(start) if kind == "war" else start]


def _war(start: Start) -> Start:
    return Start(
        content=start.content,
        why=start.why,
        build=start.build,
        product="tomcat",
        artifact="com.java:WAR",
        requirement="com.java:HostOn",
        characteristic="com.java:ServletContainer",
    )


def _tag(text: str, tag: str) -> str:
    found = re.search(rf"<{tag}>\s*([^<\s]+)\s*</{tag}>", text)
    return found[1] if found else ""


def _expected(own: str, text: str, folder: str, kind: str, project: Project) -> str:
    """``target/ARTIFACT-VERSION.jar``, or the name that the build gives it."""
    final = _tag(re.sub(r"<(dependencies|plugins)>.*?</\1>", "", text, flags=re.DOTALL), "finalName")
    parent = re.search(r"<parent>(.*?)</parent>", text, re.DOTALL)
    artifact = _tag(own, "artifactId")
    version = _tag(own, "version") or (_tag(parent[1], "version") if parent else "")
    known = {"project.artifactId": artifact, "artifactId": artifact, "project.version": version, "version": version}
    properties = dict(
        re.findall(
            r"<([\w.-]+)>\s*([^<\s]+)\s*</\1>", "".join(re.findall(r"<properties>(.*?)</properties>", text, re.DOTALL))
        )
    )
    known = {**properties, **known}

    def filled(value: str) -> str:
        for _ in range(3):
            value = re.sub(r"\$\{([\w.]+)\}", lambda match: known.get(match[1], match[0]), value)
        return value

    name = filled(final or (f"{artifact}-{version}" if artifact and version else ""))
    return f"{folder}/{name}.{kind}" if re.fullmatch(r"[\w.+-]+", name) else ""


def _gradle(project: Project) -> str:
    return re.sub(r"//[^\n]*", "", project.folder.text("build.gradle") or project.folder.text("build.gradle.kts"))


def _gradle_file(text: str, kind: str, project: Project) -> str:
    """``build/libs/NAME-VERSION.jar``."""
    settings = project.folder.text("settings.gradle") or project.folder.text("settings.gradle.kts")
    name = re.search(r"""rootProject\.name\s*=\s*["']([\w.-]+)["']""", settings)
    version = re.search(r"""^version\s*=?\s*["']([\w.-]+)["']""", text, re.MULTILINE)
    if not name or not re.search(r"spring-?boot|\bapplication\b|shadow|\bwar\b|Main-Class", text):
        return ""
    return f"build/libs/{name[1]}{f'-{version[1]}' if version else ''}.{kind}"
