"""What a Maven project says about itself: read tag by tag, in linear time, without entities or other files."""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.record import Record, field

_TOKEN = re.compile(r"<(/?)([A-Za-z][\w.-]*)[^<>]*?(/?)>|([^<]+)", re.DOTALL)
_DEEPEST = 100
_KEPT = ("artifactId", "version", "packaging", "build/finalName", "parent/version", "properties/")
_NAME = re.compile(r"[\w.+-]+")


class MavenProject(Record, frozen=True):
    """The values in a pom.xml, by their path below ``project``: ``parent/version``, ``properties/java.version``."""

    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def packaging(self) -> str:
        """``jar``, ``war`` or ``pom``."""
        return self.values.get("packaging", "jar")

    @property
    def archive(self) -> str:
        """The name of the archive that the build creates, without its ending; empty if it cannot be known."""
        artifact = self.values.get("artifactId", "")
        version = self.values.get("version") or self.values.get("parent/version", "")
        usual = f"{artifact}-{version}" if artifact and version else ""
        known = {"artifactId": artifact, "version": version}
        name = self.values.get("build/finalName") or usual
        for _ in range(3):
            name = re.sub(r"\$\{(?:project\.)?([\w.-]{1,100})\}", lambda match: self._known(match, known), name)[:500]
        return name if _NAME.fullmatch(name) else ""

    def _known(self, match: re.Match[str], known: Mapping[str, str]) -> str:
        return known.get(match[1]) or self.values.get(f"properties/{match[1]}", match[0])


def read(text: str) -> MavenProject:
    """Read a pom.xml. Of a file that is not well-formed, what comes before the fault."""
    pieces = text.split("<!--")  # each but the first begins in a comment
    text = "".join([pieces[0], *(piece.partition("-->")[2] for piece in pieces[1:])])
    values: dict[str, str] = {}
    path: list[str] = []
    for token in _TOKEN.finditer(text):
        closes, tag, empty, words = token.groups()
        if words is not None:
            place = "/".join(path[1:])
            if place.startswith(_KEPT) and words.strip():
                values.setdefault(place, words.strip())
        elif tag is not None and closes:
            if path[-1:] != [tag]:
                break
            path.pop()
        elif tag is not None and not empty:
            path.append(tag)
            if len(path) > _DEEPEST:
                break
    return MavenProject(values)
