"""Projects that Maven and Gradle build: what they need, and the archive that they create."""

from __future__ import annotations

import re
from collections.abc import Collection

KINDS = frozenset(("maven", "gradle"))
_GRADLE = ("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts")
_INNER = re.compile(
    r"<!--.*?-->|<(dependencies|dependencyManagement|profiles|plugins|pluginManagement|properties|modules)\b.*?</\1>",
    re.DOTALL,
)
_PARENT = re.compile(r"<parent\b.*?</parent>", re.DOTALL)
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)


def needs(kind: str, names: Collection[str]) -> str:
    """The file that the content lacks and its tool needs. Empty: it has all. ``gradlew``: see the docs of the kind."""
    if kind == "maven":
        return "" if "pom.xml" in names else "pom.xml"
    if not any(name in names for name in _GRADLE):
        return _GRADLE[0]
    return "" if "gradlew" in names else "gradlew"


def archive(pom: str, ending: str) -> str:
    """The path of the archive that Maven creates. Empty if ``pom.xml`` does not show it."""
    parent = _PARENT.search(pom)
    own = _INNER.sub("", _PARENT.sub("", pom))
    name, artifact = _value("finalName", own), _value("artifactId", own)
    version = _value("version", own) or (_value("version", parent[0]) if parent else "")
    if not name and artifact and version:
        name = f"{artifact}-{version}"
    return f"target/{name}.{ending}" if name and _PLAIN.fullmatch(name) else ""


def _value(element: str, text: str) -> str:
    found = re.search(rf"<{element}>\s*([^<]*?)\s*</{element}>", text)
    return found[1] if found else ""
