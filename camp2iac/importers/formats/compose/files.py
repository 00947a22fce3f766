"""The files of a Compose project: the main one, its override file, those that it includes, and ``.env``."""

from __future__ import annotations

import posixpath

from camp2iac.importers.formats.compose import interpolation
from camp2iac.importers.formats.compose.interpolation import Interpolation
from camp2iac.importers.formats.compose.layers import Layers
from camp2iac.importers.part import SourcePart
from camp2iac.importers.reading import ImportSource
from camp2iac.record import Record, field

MAIN = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_DEEPEST = 8  # files that include files, and services that extend services
_SECTIONS = ("services", "volumes", "networks", "secrets", "configs")


class ComposeUnit(Record):
    """A service of the project: its layers, and the folder that its paths are relative to."""

    name: str
    layers: Layers
    base: str


class ComposeProject(Record):
    """What all files say. ``sections``: ``volumes`` and others, name to their layers. ``top``: the main documents."""

    source: ImportSource
    values: Interpolation
    top: list[SourcePart] = field(default_factory=list)
    units: dict[str, ComposeUnit] = field(default_factory=dict)
    sections: dict[str, dict[str, Layers]] = field(default_factory=lambda: {name: {} for name in _SECTIONS})


def load(source: ImportSource) -> ComposeProject | None:
    """Read all files. None after an error in the main one."""
    main = source.main[0]
    values: dict[str, str] = {}
    beside = source.folder.inside(".env")
    if beside is not None and source.folder.is_file(beside):
        text = source.text(beside)
        node = interpolation.parse(text, beside, source.diagnostics).plain if text is not None else {}
        values = {key: str(value or "") for key, value in node.items()} if isinstance(node, dict) else {}
    project = ComposeProject(source, Interpolation(values))
    stem, ending = posixpath.splitext(main)
    names = [main, *(f"{stem}.override{each}" for each in dict.fromkeys((ending, ".yaml", ".yml")) if each)]
    for number, name in enumerate(names):
        if number and not source.folder.is_file(name):
            continue
        if number and len(project.top) > 1:
            break
        document = source.document(name)
        if document is None:
            return None
        if not document.is_mapping:
            document.wrong("a mapping with services")
            return None
        project.top.append(document)
        _add(project, document, "", 0)
    return project


def _add(project: ComposeProject, document: SourcePart, base: str, depth: int) -> None:
    """Add the services and the other sections of a document."""
    include = document.get("include")
    if include is not None:
        for item in include.items("a list of files"):
            _include(project, item, base, depth)
    for section in _SECTIONS:
        part = document.get(section)
        if part is None:
            continue
        for name, entry in part.entries(f"a mapping of {section}"):
            if section == "services":
                _service(project, name, entry, base)
            else:
                found = project.sections[section]
                found[name] = Layers((*(found[name].parts if name in found else ()), entry))


def _include(project: ComposeProject, item: SourcePart, base: str, depth: int) -> None:
    paths = item.get("path") if item.is_mapping else item
    if paths is None:
        item.wrong("a file, or a mapping with path")
        return
    for part in paths.items() if paths.is_list else (paths,):
        text = project.values.expand(part.text("the path of a file")).text
        found = _document(project, text, part, base)
        if found is None:
            continue
        if depth >= _DEEPEST:
            part.refused(f"{part.path}: files include each other, or more than {_DEEPEST} deep", "too deep")
            continue
        part.kept("the statements of the file")
        folder = item.get("project_directory")
        below = posixpath.dirname(found.file)
        if folder is not None:
            below = project.source.folder.inside(folder.text(), base, folder.span) or ""
            folder.kept("paths in the included file")
        _add(project, found, below, depth + 1)
    if item.is_mapping:
        item.left_out("camp2iac reads variables only from .env at the top of the source")


def _document(project: ComposeProject, name: str, part: SourcePart, base: str) -> SourcePart | None:
    if name.startswith(("oci://", "https://", "http://", "git@", "ssh://")):
        part.refused(
            f"{part.path} is a file elsewhere: camp2iac downloads nothing",
            "elsewhere",
            "download it into the folder, and write its path",
        )
        return None
    path = project.source.folder.inside(name, base, part.span)
    return project.source.document(path, part.span) if path is not None else None


def _service(project: ComposeProject, name: str, entry: SourcePart, base: str) -> None:
    layers = _extended(project, name, entry, base, 0)
    earlier = project.units.get(name)
    parts = (*(earlier.layers.parts if earlier is not None else ()), *layers)
    project.units[name] = ComposeUnit(name, Layers(parts), earlier.base if earlier is not None else base)


def _extended(project: ComposeProject, name: str, entry: SourcePart, base: str, depth: int) -> tuple[SourcePart, ...]:
    """The service and what it extends, the base first."""
    if not entry.is_mapping:
        entry.wrong("a mapping")
        return (entry,)
    extends = entry.get("extends")
    if extends is None:
        return (entry,)
    if depth >= _DEEPEST:
        extends.refused(f"{extends.path}: services extend each other, or more than {_DEEPEST} deep", "too deep")
        return (entry,)
    file = extends.get("file")
    service = extends.get("service") if extends.is_mapping else extends
    if service is None:
        extends.wrong("a service, or a mapping with service and file")
        return (entry,)
    wanted = service.text("the name of a service")
    document: SourcePart | None
    if file is not None:
        document = _document(project, project.values.expand(file.text("the path of a file")).text, file, base)
        base = posixpath.dirname(document.file) if document is not None else base
    else:
        document = next((each for each in (*project.top, *_documents(project)) if each.file == entry.file), None)
    services = document.get("services") if document is not None else None
    found = services.get(wanted) if services is not None else None
    if found is None:
        if document is not None:
            service.refused(f"{service.path} names a service that does not exist: {wanted}", "no such service")
        return (entry,)
    extends.kept(f"the statements of {wanted}")
    return (*_extended(project, wanted, found, base, depth + 1), entry)


def _documents(project: ComposeProject) -> tuple[SourcePart, ...]:
    return tuple(each for each in project.source.documents())
