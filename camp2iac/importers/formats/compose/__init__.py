"""Imports Compose files, as the Compose specification describes them."""

from __future__ import annotations

import re

from camp2iac.catalogue import load as load_catalogue
from camp2iac.importers import systems
from camp2iac.importers.draft import DraftPlan
from camp2iac.importers.formats.compose import (
    environment,
    exported,
    links,
    networks,
    ports,
    reasons,
    services,
    sizes,
    storage,
)
from camp2iac.importers.formats.compose.files import MAIN, ComposeProject, load
from camp2iac.importers.formats.compose.layers import Layers
from camp2iac.importers.formats.compose.state import ComposedService, ComposeState
from camp2iac.importers.part import SourcePart
from camp2iac.importers.reading import ImportSource
from camp2iac.importers.systems import WantedRelease

_EMPTY = "nothing: it is empty"
_TOP = {
    "name": "the name of the plan",
    "version": "nothing: Compose ignores it",
    **dict.fromkeys(("services", "volumes", "networks", "secrets", "configs", "include"), _EMPTY),
}
_NOT_NAME = re.compile(r"[^\w.-]+")


class ComposeImporter:
    """The importer of Compose files."""

    title = "Compose files"
    files = MAIN
    several = False

    def read(self, source: ImportSource) -> DraftPlan | None:
        """The plan for the project."""
        project = load(source)
        if project is None:
            return None
        state = ComposeState(project, DraftPlan(_name(project)), load_catalogue())
        if not project.units:
            project.top[0].wrong("a mapping with services")
            return None
        exported.find(state)
        for unit in project.units.values():
            if unit.name not in state.parts:
                services.add(state, unit)
        _services(state)
        _sections(state)
        systems.choose(state.plan, [_wanted(made) for made in state.services.values()], state.catalogue)
        if not state.plan.artifacts and not source.diagnostics.failed:
            project.top[0].refused(
                "no service of this file can be deployed: each is left out, or is a database that nothing uses",
                help_="build images, push them to a registry, write their names as  image,  and import it again",
            )
        return state.plan


def _wanted(made: ComposedService) -> WantedRelease:
    """What a service needs of its operating system."""
    if made.software is not None:
        return WantedRelease(made.id, made.software.product, made.software.range)
    if made.code is not None:
        return made.code.wanted(made.id)
    if made.built is not None:
        return WantedRelease(made.id, made.built.language.product, "")
    return WantedRelease(made.id, "podman", "")


def _services(state: ComposeState) -> None:
    published = {}
    fronts = exported.balancers(state)
    for name, made in state.services.items():
        environment.collect(state, made)
        published[name] = ports.read(state, made)
        if (front := fronts.get(name)) is not None:
            published[name] += ports.read(state, front)
            made.ports = list(dict.fromkeys([*front.ports, *made.ports]))
        port = made.variables.get("PORT")
        if port is not None and port.text is not None and port.text.text.isdecimal() and made.artifact and made.answers:
            number = int(port.text.text)
            if 0 < number < 65536 and number not in made.ports:
                made.ports.append(number)
    for made in state.services.values():
        environment.attributes(state, made)
    for made in state.services.values():
        if made.artifact is not None:
            environment.link(state, made)
        links.read(state, made)
    declared = networks.declare(state)
    for name, made in state.services.items():
        services.start(state, made)
        links.write(state, made)
        ports.expose(made, published[name])
        environment.write(state, made)
        storage.read(state, made)
        sizes.read(state, made)
        networks.place(state, made, declared)
        _read_only(made.layers.get("read_only"), made)
        reasons.rest(made.layers, made.what)
        if (front := fronts.get(name)) is not None:
            exported.balance(made, front)
    exported.processes(state)


def _read_only(layers: Layers | None, made: ComposedService) -> None:
    if layers is None:
        return
    part = layers.one()
    if part.plain is True and made.artifact is not None and made.code is None:
        made.service.characteristic("org.camp2iac:Attributes").values["read_only"] = True
        part.kept(f"service {made.id}: Attributes, read_only")
    else:
        part.left_out("the platform decides what the process may write")


def _sections(state: ComposeState) -> None:
    """Record what is at the top of the documents."""
    project = state.project
    used = {item for made in state.services.values() for item in _volumes(made)}
    for name, layers in project.sections["volumes"].items():
        if name in used and layers.last.empty:
            layers.kept("the volumes of its services")
        elif name in used:
            layers.left_out("the driver and its options belong to a container engine", "write  type  of the volume")
        else:
            layers.left_out("no service of the plan has it")
    for section, why in (
        ("secrets", "secrets of a plan have no files: Terraform generates them, or asks for them"),
        ("configs", "a plan has no files beside the content"),
    ):
        for layers in project.sections[section].values():
            layers.left_out(why)
    for document in project.top:
        for key, part in document.entries():
            if not part.has_fate:
                _top(key, part)
    for document in project.source.documents():
        document.left_out("no service of the project uses it")


def _top(key: str, part: SourcePart) -> None:
    """Record a key at the top of a document."""
    if key.startswith("x-"):
        part.kept("nothing: an extension field has no meaning of its own")
    elif key in _TOP:
        part.kept(_TOP[key])
    else:
        part.left_out("the Compose specification has no such key")


def _volumes(made: ComposedService) -> set[str]:
    layers = made.layers.get("volumes")
    found = set()
    for part in layers.parts if layers is not None else ():
        for item in part.items() if part.is_list else ():
            named = item.get("source") if item.is_mapping else item
            if named is not None and named.is_scalar:
                found.add(named.text().partition(":")[0])
    return found


def _name(project: ComposeProject) -> str:
    """The name of the plan: that of the project, or of its folder."""
    for document in reversed(project.top):
        part = document.get("name")
        if part is not None:
            text = project.values.expand(part.text("the name of the project")).text
            name = _NOT_NAME.sub("-", text).strip("-.")
            if name:
                return name[:60]
    name = _NOT_NAME.sub("-", project.source.folder.root.resolve().name).strip("-.")
    return name[:60] or "application"


IMPORTER = ComposeImporter()
