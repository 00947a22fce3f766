"""Imports workloads as the Score specification describes them (``score.dev/v1b1``)."""

from __future__ import annotations

import re
import shlex

from camp2iac.catalogue import load as load_catalogue
from camp2iac.importers import exported_builds, images
from camp2iac.importers.draft import DraftPlan
from camp2iac.importers.exported_builds import ExportedBuild
from camp2iac.importers.formats.score import containers, resources
from camp2iac.importers.formats.score.resources import ScoreResource, ScoreWorkload
from camp2iac.importers.formats.score.state import ScoreState
from camp2iac.importers.part import SourcePart
from camp2iac.importers.reading import ImportSource
from camp2iac.importers.score_names import BUILD
from camp2iac.topology.ids import slug

_NOT_NAME = re.compile(r"[^\w.-]+")


class ScoreImporter:
    """The importer of Score workloads: all files with one in a folder."""

    title = "Score workloads"
    files = ("score.yaml", "*score*.yaml", "*score*.yml", "*.yaml", "*.yml")
    several = True

    def read(self, source: ImportSource) -> DraftPlan | None:
        """The plan for all workloads."""
        documents = [document for name in source.main if (document := _workload(source, name)) is not None]
        if source.diagnostics.failed:
            return None
        if not documents:
            first = source.document(source.main[0])
            if first is not None:
                first.wrong("a workload with  apiVersion: score.dev/v1b1")
            return None
        plan = DraftPlan(_name(source, documents))
        state = ScoreState(plan, load_catalogue(), source)
        shared: dict[str, ScoreResource] = {}
        for document in documents:
            workload = ScoreWorkload(_metadata_name(document), document)
            if workload.name in state.workloads:
                document.refused(f"two workloads have the name {workload.name}", "the same name again")
                continue
            state.workloads[workload.name] = workload
            _containers(state, workload)
            resources.read(workload, plan, state.catalogue, shared)
        for workload in state.workloads.values():
            containers.read(state, workload)
        for workload in state.workloads.values():
            containers.finish(state, workload)
            resources.rest(workload)
            _rest(workload.document)
        return plan


def _workload(source: ImportSource, name: str) -> SourcePart | None:
    """The document of a file if it has a workload. A file that the user named must have one."""
    text = source.text(name)
    if text is None or ("score.dev/" not in text and len(source.main) > 1):
        return None
    document = source.document(name)
    if document is None:
        return None
    version = document.get("apiVersion")
    if version is None or not version.is_scalar or not version.text().startswith("score.dev/"):
        if len(source.main) == 1:
            document.wrong("a workload with  apiVersion: score.dev/v1b1")
        else:
            document.left_out("the file has no workload")
        return None
    if version.text() != "score.dev/v1b1":
        version.refused(f"{name} has the version {version.text()[:40]} of Score", "write  score.dev/v1b1")
        return None
    return document


def _metadata_name(document: SourcePart) -> str:
    metadata = document.get("metadata")
    name = metadata.get("name") if metadata is not None else None
    if name is None or not name.is_scalar or not name.text().strip():
        (metadata or document).wrong("a mapping with the name of the workload")
        return ""
    return name.text()


def _name(source: ImportSource, documents: list[SourcePart]) -> str:
    """The name of the plan: that of the only workload, or of the folder."""
    if len(documents) == 1:
        return _metadata_name(documents[0])[:60] or "application"
    name = _NOT_NAME.sub("-", source.folder.root.resolve().name).strip("-.")
    return name[:60] or "application"


def _containers(state: ScoreState, workload: ScoreWorkload) -> None:
    """Begin the artifacts of a workload: one for each container."""
    part = workload.document.get("containers")
    if part is None or not part.is_mapping or part.empty:
        (part or workload.document).wrong("a mapping with at least one container")
        return
    build = _build(state, workload)
    for number, (name, entry) in enumerate(part.entries()):
        if build is not None and number:
            _process(workload, build, name, entry)
            continue
        image = entry.get("image")
        text = image.text("the name of an image") if image is not None else ""
        if image is None or not (text == "." or images.NAME.fullmatch(text)):
            (image or entry).wrong("a container with the name of an image")
            continue
        id_ = state.plan.id_for(workload.name if not number else f"{workload.name}-{name}")
        if build is not None:
            _built(state, workload, build, name, entry)
            continue
        made = state.code(id_, image) if text == "." else images.add(state.plan, id_, text, image.where)
        if made is None:
            entry.left_out("it is part of a container that is left out")
            continue
        artifact, service = made
        if text != "." and number:
            image.changed(f"artifact {id_}: a container image", "it has instances of its own")
        elif text != ".":
            image.kept(f"artifact {id_}: a container image")
        workload.artifacts.append(artifact)
        workload.services.append(service)
        state.containers.append((workload, entry, artifact, service))
        _command(entry, artifact.name, state)


def _annotation(part: SourcePart | None, name: str) -> SourcePart | None:
    annotations = part.get("annotations") if part is not None and part.is_mapping else None
    return annotations.get(name) if annotations is not None and annotations.is_mapping else None


def _build(state: ScoreState, workload: ScoreWorkload) -> ExportedBuild | None:
    """The folder that an export wrote for the image; None if there is none."""
    named = _annotation(workload.document.get("metadata"), BUILD)
    containers_ = workload.document.get("containers")
    if named is None or not named.is_scalar or containers_ is None or not containers_.is_mapping:
        return None
    built = [image for _, each in containers_.entries() if (image := each.get("image")) is not None]
    if any(not each.is_scalar or each.text() != "." for each in built):
        return None
    folder = state.source.folder.inside(named.text(), at=named.span)
    found = exported_builds.find(state.source.folder, folder) if folder is not None else None
    if found is not None:
        named.kept(f"the content {found.place}")
    return found


def _built(state: ScoreState, workload: ScoreWorkload, build: ExportedBuild, name: str, entry: SourcePart) -> None:
    """The artifact for a build. Its first container is the first of its processes."""
    id_ = state.plan.id_for(workload.name)
    words = _words(entry)
    lines = {name: _one_line(words)} if words and name not in build.procfile and name != "main" else {}
    artifact, service = exported_builds.add(state.plan, build, id_, lines)
    for key in ("image", "command", "args"):
        if (part := entry.get(key)) is not None:
            part.kept(f"artifact {id_}: {build.language.title}")
    artifact.why = entry.where
    workload.artifacts.append(artifact)
    workload.services.append(service)
    state.containers.append((workload, entry, artifact, service))


def _process(workload: ScoreWorkload, build: ExportedBuild, name: str, entry: SourcePart) -> None:
    """Another container of a build: a process of its artifact."""
    words = _words(entry)
    if not workload.artifacts or not words:
        entry.left_out("it has the build of another container, and no command of its own")
        return
    artifact = workload.artifacts[0]
    to = f"artifact {artifact.name}: Process, {name}"
    if name not in build.procfile:
        artifact.requirement("org.camp2iac:Process").values[name] = exported_builds.line(_one_line(words))
    for key, part in entry.entries():
        if key in ("image", "command", "args", "before"):
            part.kept(to)
    entry.changed(to, "all processes of an artifact have its variables, volumes and sizes")


def _words(entry: SourcePart) -> list[str]:
    parts = [part for key in ("command", "args") if (part := entry.get(key)) is not None]
    return [item.text("a word") for part in parts for item in part.items("a list of words")]


def _one_line(words: list[str]) -> str:
    return re.sub(r"[\x00-\x1f]+", " ", shlex.join(words))


def _command(entry: SourcePart, id_: str, state: ScoreState) -> None:
    command, args, words = entry.get("command"), entry.get("args"), _words(entry)
    if not words:
        return
    artifact = next(each for each in state.plan.artifacts if each.name == id_)
    line = _one_line(words)
    if command is None and args is not None:
        args.left_out(
            "the image's own program gets these words, and a process of a plan is a whole command line",
            "write  web: PROGRAM ARGUMENTS  in org.camp2iac:Process",
        )
        return
    artifact.requirement("org.camp2iac:Process").values["web"] = line
    for part in (command, args):
        if part is not None:
            part.kept(f"artifact {id_}: Process, web")


def _rest(document: SourcePart) -> None:
    """Record what was not read."""
    for key, part in document.entries():
        if part.has_fate:
            continue
        if key in ("apiVersion", "metadata"):
            name = part.get("name")
            if name is not None:
                name.kept(f"artifact {slug(name.text())}")
            if key == "apiVersion":
                part.kept("nothing: it names the format")
            else:
                part.left_out("annotations are for the program that deploys the workload")
        elif key == "service":
            part.left_out("no container of the plan has the port")
        else:
            part.left_out("Score has no such key")


IMPORTER = ScoreImporter()
