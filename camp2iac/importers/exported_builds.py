"""Folders that ``camp2iac export`` wrote for images: a ``Dockerfile``, and a copy of the content in ``content``.

The first line of the ``Dockerfile`` names the image that it is built on, and the last ``WORKDIR`` the folder of the
code in the content.
"""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Mapping

from camp2iac.detect.rules import Language, languages
from camp2iac.importers.draft import (
    DraftArtifact,
    DraftCharacteristic,
    DraftPlan,
    DraftRequirement,
    DraftService,
    DraftValue,
)
from camp2iac.importers.folder import SourceFolder
from camp2iac.record import Record
from camp2iac.targets.containers.layout.names import word

_HEAD = re.compile(r"# The image of [^\n]{1,200}, on (?:[\w.-]+/)*([\w.-]+)[:@][\w.:-]+\n")
_WORKDIR = re.compile(r"^WORKDIR /app/([\w./@+-]+)$", re.MULTILINE)
_GUNICORN = re.compile(r"(?:exec )?gunicorn .*?([A-Za-z_][\w.]*):([A-Za-z_]\w*)")
_TYPE = re.compile(r"^([\w-]+):", re.MULTILINE)
_OWN = re.compile(r"(?:exec )?camp-[a-z]+\b")  # programs of the image, which the plan does not have
#: The product that an image of Docker Hub is for.
_PRODUCTS = {
    "python": "python",
    "node": "nodejs",
    "php": "php",
    "ruby": "ruby",
    "golang": "go",
    "nginx": "static",
}


class ExportedBuild(Record, frozen=True):
    """A folder with a build.

    ``content``: the folder in the source. ``root``: the folder of the code in it, empty if the same. ``procfile``: the
    process types of its Procfile, as an export spells them.
    """

    content: str
    root: str
    language: Language
    procfile: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """The folder of the code, as content of a plan."""
        return f"{self.content}/{self.root}/" if self.root else f"{self.content}/"


def find(folder: SourceFolder, path: str) -> ExportedBuild | None:
    """The build in a folder of the source; None if no export wrote it."""
    file, content = f"{path}/Dockerfile", f"{path}/content"
    if not path or not folder.is_file(file) or not folder.is_folder(content):
        return None
    text = (folder.data(file) or b"").decode(errors="replace")
    head = _HEAD.match(text)
    language = next((each for each in languages() if head and each.product == _PRODUCTS.get(head[1], "-")), None)
    if language is None or "COPY content/ /app/" not in text:
        return None
    inside = _WORKDIR.findall(text)
    root = inside[-1] if inside and folder.is_folder(f"{content}/{inside[-1]}") and ".." not in inside[-1] else ""
    procfile = posixpath.join(content, root, "Procfile")
    lines = (folder.data(procfile) or b"").decode(errors="replace") if folder.is_file(procfile) else ""
    return ExportedBuild(content, root, language, frozenset(word(each) for each in _TYPE.findall(lines)))


def line(words: str) -> str:
    """A command line without the shell that runs it."""
    try:
        found = shlex.split(words)
    except ValueError:
        return words
    return found[2] if found[:2] == ["sh", "-c"] and len(found) == 3 else words


def add(
    plan: DraftPlan, build: ExportedBuild, id_: str, processes: Mapping[str, str]
) -> tuple[DraftArtifact, DraftService]:
    """The artifact for the content of a build, and its service. ``processes``: the command lines, by type."""
    language, lines = build.language, {name: line(each) for name, each in processes.items()}
    lines = {name: each for name, each in lines.items() if each and not _OWN.match(each)}
    content: dict[str, DraftValue] = {"href": build.place}
    if build.root:
        content["root"] = f"{build.content}/"
    requirement, options = language.plain_requirement or language.requirement, dict[str, DraftValue]()
    web = _GUNICORN.fullmatch(lines.get("web", ""))
    if web is not None and language.product == "python":
        requirement, options = language.requirement, {"com.python.wsgi.application": f"{web[1]}/{web[2]}"}
        del lines["web"]
    artifact = DraftArtifact(id_, language.artifact, content)
    artifact.requirements.append(DraftRequirement(requirement, options, f"id:{id_}"))
    if lines:
        artifact.requirement("org.camp2iac:Process").values.update(lines)
    service = DraftService(id_, [DraftCharacteristic(language.characteristic)])
    plan.artifacts.append(artifact)
    plan.services.append(service)
    return artifact, service
