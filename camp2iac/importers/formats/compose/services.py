"""The services of a project: products of the catalogue, code that is built, and container images."""

from __future__ import annotations

import posixpath
import re
import shlex

from camp2iac.detect.compose import exposed
from camp2iac.importers import code, exported_builds, software
from camp2iac.importers.draft import DraftArtifact, DraftCharacteristic, DraftRequirement, DraftService
from camp2iac.importers.exported_builds import ExportedBuild
from camp2iac.importers.formats.compose.files import ComposeUnit
from camp2iac.importers.formats.compose.state import ComposedService, ComposeState
from camp2iac.importers.part import SourcePart

_IMAGE = re.compile(r"[A-Za-z0-9][\w.:/@-]{0,400}", re.ASCII)
_UNKNOWN = "camp2iac does not recognise the code, or does not know what to run"
_CONTROL = re.compile(r"[\x00-\x1f]+")


def add(state: ComposeState, unit: ComposeUnit) -> None:
    """Decide what a service is, and begin its part of the plan."""
    profiles = unit.layers.get("profiles")
    if profiles is not None and any(not part.empty for part in profiles.parts):
        unit.layers.left_out("it runs only if you name its profile", "remove  profiles,  and import it again")
        return
    build, image = unit.layers.get("build"), unit.layers.get("image")
    name = state.expand(image.one(), "the name of an image") if image is not None else ""
    if build is not None:
        made = _built(state, unit, build.one(), name)
    elif image is not None and name:
        match = software.of_image(name, state.catalogue)
        made = _product(state, unit, image.last, match) if match is not None else _image(state, unit, image.last, name)
    else:
        if not state.project.source.diagnostics.failed:
            unit.layers.last.wrong("a service with image or build")
        return
    if made is not None:
        state.services[unit.name] = made


def _product(
    state: ComposeState, unit: ComposeUnit, part: SourcePart, match: software.SoftwareMatch
) -> ComposedService:
    id_ = state.plan.id_for(unit.name)
    service = match.service(id_, f"{part.where}: {unit.name}")
    state.plan.services.append(service)
    to = f"service {id_}: {match.characteristic}{f' {match.range}' if match.range else ''}"
    if match.differs:
        part.changed(to, match.differs)
    else:
        part.kept(to)
    command = unit.layers.get("command")
    if command is not None:
        command.left_out("the product has its own configuration", f"see  camp2iac catalogue show {match.product}")
    return ComposedService(unit, id_, service, match)


def _image(state: ComposeState, unit: ComposeUnit, part: SourcePart, name: str) -> ComposedService | None:
    if not _IMAGE.fullmatch(name):
        if not state.project.source.diagnostics.failed:
            part.wrong("the name of an image")
        return None
    id_ = state.plan.id_for(unit.name)
    artifact = DraftArtifact(id_, "org.opencontainers:Image", f"docker://{name}", why=f"{part.where}: {unit.name}")
    artifact.requirements.append(DraftRequirement("org.opencontainers:RunOn", {}, f"id:{id_}"))
    service = DraftService(id_, [DraftCharacteristic("org.podman:Podman")])
    state.plan.artifacts.append(artifact)
    state.plan.services.append(service)
    part.kept(f"artifact {id_}: a container image")
    return ComposedService(unit, id_, service, artifact=artifact)


def _built(state: ComposeState, unit: ComposeUnit, build: SourcePart, image: str) -> ComposedService | None:
    context = build.get("context") if build.is_mapping else build
    text = state.expand(context, "the path of a folder") if context is not None else "."
    place = context or build
    if "://" in text or text.startswith("git@"):
        return _not_built(state, unit, build, image, "its code is in another repository")
    folder = state.project.source.folder.inside(text, unit.base, place.span)
    if folder is None:
        return None
    if not state.project.source.folder.is_folder(folder):
        place.refused(f"{place.path}: there is no folder {text}", "no such folder")
        return None
    exported = exported_builds.find(state.project.source.folder, folder)
    if exported is not None:
        return _exported(state, unit, build, exported, folder)
    found = code.find(state.project.source.folder.root, folder, state.catalogue)
    if found is None:
        return _not_built(state, unit, build, image, _UNKNOWN)
    id_ = state.plan.id_for(unit.name)
    command, part = _command(state, unit)
    has_ports = unit.layers.get("ports") is not None or unit.layers.get("expose") is not None
    web = found.web and (has_ports or not command)
    artifact = code.artifact(found, id_, folder, command, web=web)
    artifact.why = f"{place.where}: {unit.name}"
    service = code.service(found, id_, state.catalogue)
    state.plan.artifacts.append(artifact)
    state.plan.services.append(service)
    state.plan.steps += found.steps(folder)
    why = f"{found.title} runs the code on an instance or a dyno; a Dockerfile counts on the platform docker only"
    for key, each in build.entries() if build.is_mapping else (("context", build),):
        if key == "context":
            each.changed(f"artifact {id_}: {found.title}", why)
        else:
            each.left_out("only a Dockerfile has this", "write what the build needs into the code's own files")
    if part is not None:
        part.kept(f"artifact {id_}: Process") if command else part.left_out("it has no command")
    made = ComposedService(unit, id_, service, code=found, artifact=artifact)
    port = found.port or exposed(found.application.project.folder)
    if port is not None and web:
        made.ports.append(port)
    return made


def _exported(
    state: ComposeState, unit: ComposeUnit, build: SourcePart, found: ExportedBuild, folder: str
) -> ComposedService:
    """A service whose folder an export wrote: its content, in the language of the image."""
    name = posixpath.basename(folder)
    type_ = unit.name.removeprefix(f"{name}-")
    environment = unit.layers.get("environment")
    if type_ == unit.name:
        name = unit.name
        listens = unit.layers.get("ports") or unit.layers.get("expose")
        type_ = "web" if listens or (environment is not None and environment.get("PORT")) else "worker"
    id_ = state.plan.id_for(name)
    command, part = _command(state, unit)
    lines = {} if type_ in found.procfile else {type_: command}
    artifact, service = exported_builds.add(state.plan, found, id_, lines)
    artifact.why = f"{build.where}: {unit.name}"
    build.kept(f"artifact {id_}: {found.language.title}")
    if part is not None:
        part.kept(f"artifact {id_}")
    return ComposedService(unit, id_, service, built=found, answers=type_ == "web", artifact=artifact)


def _not_built(
    state: ComposeState, unit: ComposeUnit, build: SourcePart, image: str, why: str
) -> ComposedService | None:
    """A service whose code camp2iac cannot deploy: its image, if it has a name in a registry."""
    layers = unit.layers.get("image")
    if image and layers is not None and _IMAGE.fullmatch(image):
        build.changed(f"artifact {unit.name}", f"{why}, so the plan has the image", f"build {image}, and push it")
        state.plan.steps.append(f"build the image {image}, and push it to its registry")
        return _image(state, unit, layers.last, image)
    build.left_out(f"{why}", "build an image, push it to a registry, write its name as  image,  and import it again")
    unit.layers.left_out("it is part of a service that is left out")
    state.plan.steps.append(f"{unit.name} is not in the plan: build an image, push it, and write its name as  image")
    return None


def _command(state: ComposeState, unit: ComposeUnit) -> tuple[str, SourcePart | None]:
    """The command line of a service, without its entrypoint; and the statement."""
    layers = unit.layers.get("command")
    if layers is None or layers.last.empty:
        return "", layers.one() if layers is not None else None
    part = layers.one()
    return words(state, part), part


def words(state: ComposeState, part: SourcePart) -> str:
    """A command line, which can be a string or a list of words."""
    if part.is_list:
        text = shlex.join(state.expand(each, "a word of the command") for each in part.items())
    else:
        text = state.expand(part, "a command line")
    return _CONTROL.sub(" ", text).strip()


def start(state: ComposeState, made: ComposedService) -> None:
    """What the container of an image runs, instead of what the image says."""
    if made.artifact is None or made.code is not None or made.built is not None:
        return
    entrypoint, command = made.layers.get("entrypoint"), made.layers.get("command")
    first = words(state, entrypoint.one()) if entrypoint is not None and not entrypoint.last.empty else ""
    rest = words(state, command.one()) if command is not None and not command.last.empty else ""
    if not first and not rest:
        for layers in (entrypoint, command):
            if layers is not None:
                layers.kept(f"{made.what}: what the image runs")
        return
    if not first and rest.startswith("-"):
        assert command is not None  # noqa: S101 - it has words
        command.left_out(
            "the image's own program gets these options, and a process of a plan is a whole command line",
            f"write  web: PROGRAM {rest[:40]}  in org.camp2iac:Process",
        )
        return
    type_ = "web" if made.ports else "worker"
    made.artifact.requirement("org.camp2iac:Process").values[type_] = f"{first} {rest}".strip()
    if entrypoint is not None:
        entrypoint.kept(f"{made.what}: Process, {type_}")
    if command is not None and first:
        command.kept(f"{made.what}: Process, {type_}")
    elif command is not None:
        command.changed(f"{made.what}: Process, {type_}", "the shell of the image runs it, without its ENTRYPOINT")
