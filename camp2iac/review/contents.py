"""What is deployed of a plan's files: the content of each artifact, and what is left out."""

from __future__ import annotations

from camp2iac.camp.model import Artifact, PlanDocument
from camp2iac.camp.package import Package
from camp2iac.camp.reasons import Contents, LeftOut, contents
from camp2iac.diagnostics import Span
from camp2iac.diagnostics.secrets import HIDDEN, discreet
from camp2iac.record import Record, replace
from camp2iac.targets.facts import PlatformFacts
from camp2iac.topology.ids import artifact_name


class Total(Record, frozen=True):
    """A number of files and their size in bytes."""

    files: int
    size: int


class ArtifactContent(Record, frozen=True):
    """The content of an artifact: ``contents`` if it is in the package, else the size of its ``data`` in bytes, else a
    URL that is only known to the platform. ``where``: the path, ``data``, or the URL without its secrets.
    ``compressed``: its size in bytes in the user data, if it fits there only when it is compressed.
    """

    name: str
    where: str
    span: Span
    contents: Contents | None
    data: int | None = None
    compressed: int | None = None


class ContentReport(Record, frozen=True):
    """``title``: of the application. ``file``: the plan. ``artifacts``: in the order of the plan."""

    title: str
    file: str
    artifacts: tuple[ArtifactContent, ...]

    @property
    def content(self) -> Total:
        """All content in the package and the plan. A file of several artifacts counts once."""
        found = {file.path: file.size or 0 for each in self._packaged for file in each.files}
        data = [each.data for each in self.artifacts if each.data is not None]
        return Total(len(found) + len(data), sum(found.values()) + sum(data))

    @property
    def left_out(self) -> Total:
        """What is left out of the content, without version control. What another artifact's content has counts too."""
        found = {each.path: each for contents in self._packaged for each in contents.left_out}
        return total_left_out(tuple(found.values()))

    @property
    def _packaged(self) -> list[Contents]:
        return [each.contents for each in self.artifacts if each.contents is not None]


def total(contents: Contents) -> Total:
    """The content of an artifact."""
    return Total(len(contents.files), sum(file.size or 0 for file in contents.files))


def total_left_out(left_out: tuple[LeftOut, ...]) -> Total:
    """What is left out, without version control."""
    return Total(sum(each.files or 0 for each in left_out), sum(each.size or 0 for each in left_out))


def report(document: PlanDocument, package: Package, facts: PlatformFacts | None = None) -> ContentReport:
    """The report of a plan, whose package was read. ``facts``: of its environment, if it was compiled for one."""
    known: dict[str, Contents] = {}
    compressed = {each.span: each.compressed for each in facts.compressed} if facts is not None else {}
    rows = tuple(
        replace(_artifact(artifact, package, known), compressed=compressed.get(artifact.content.span))
        for artifact in document.artifacts
    )
    name = document.labels.name
    return ContentReport(name.value if name is not None else "", document.file, rows)


def _artifact(artifact: Artifact, package: Package, known: dict[str, Contents]) -> ArtifactContent:
    content, name = artifact.content, artifact_name(artifact)
    span = content.href.span if content.href is not None else content.span
    if content.path is not None:
        if content.path not in known:
            known[content.path] = contents(package, content.path)
        shown = content.path or "the package itself"
        slash = "/" if content.path and package.is_folder(content.path) else ""
        return ArtifactContent(name, shown + slash, span, known[content.path])
    if content.href is None:
        return ArtifactContent(name, "data", span, None, len(content.data or b""))
    url, query, _ = content.href.value.partition("?")
    return ArtifactContent(name, discreet(url) + (f"?{HIDDEN}" if query else ""), span, None)
