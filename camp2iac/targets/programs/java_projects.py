"""Projects that Maven and Gradle build: what they need, and the archive that they create."""

from __future__ import annotations

import re
from collections.abc import Collection

KINDS = frozenset(("maven", "gradle"))
_GRADLE = ("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts")
_DEEPEST = 50
_COMMENT = r"<!--.*?(?:-->|\Z)"
_TAG = r"<(/?)([A-Za-z][\w.-]*)[^<>]*?(/?)>([^<]*)"
_PLAIN = r"[\w.-]+"


def needs(kind: str, names: Collection[str]) -> str:
    """The file that the content lacks and its tool needs. Empty: it has all. ``gradlew``: see the docs of the kind."""
    if kind == "maven":
        return "" if "pom.xml" in names else "pom.xml"
    if not any(name in names for name in _GRADLE):
        return _GRADLE[0]
    return "" if "gradlew" in names else "gradlew"


def archive(pom: str, ending: str) -> str:
    """The path of the archive that Maven creates. Empty if ``pom.xml`` does not show it."""
    found = _values(pom)
    name = found.get("project/build/finalName", "")
    if not name:
        artifact = found.get("project/artifactId", "")
        version = found.get("project/version") or found.get("project/parent/version", "")
        name = f"{artifact}-{version}" if artifact and version else ""
    return f"target/{name}.{ending}" if re.fullmatch(_PLAIN, name, flags=re.ASCII) else ""


def _values(pom: str) -> dict[str, str]:
    """The text at the start of each element, by its path. Of several with one path, the first."""
    found: dict[str, str] = {}
    path: list[str] = []
    for closing, name, empty, text in re.findall(_TAG, re.sub(_COMMENT, "", pom, flags=re.DOTALL)):
        if closing:
            path = path[:-1]
        elif not empty:
            path = [*path, name]
            if len(path) > _DEEPEST:
                return {}
            found.setdefault("/".join(path), text.strip())
    return found
