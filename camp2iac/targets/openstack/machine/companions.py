"""What companions add to the document of a tier's instances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from camp2iac.catalogue.companion import BUILT_IN_COMPANIONS, AskedCompanion, Companion, CompanionPart, SettingValue
from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.diagnostics import Diagnostic
from camp2iac.record import Record, asdict, replace
from camp2iac.synth.cloudinit import WriteFile
from camp2iac.synth.module import Template, Value
from camp2iac.targets.kit.templates import template_error
from camp2iac.targets.openstack.layout.companion_parts import PlacedPart, parts
from camp2iac.targets.openstack.layout.companion_secrets import secret
from camp2iac.targets.openstack.machine import sandbox
from camp2iac.targets.openstack.machine.companion_components import CompanionComponent, components
from camp2iac.targets.openstack.machine.document import LIB, MachineDocument
from camp2iac.targets.openstack.machine.halves import CONFIGURE
from camp2iac.targets.openstack.machine.kept_data import folders, has_file
from camp2iac.targets.openstack.machine.render import Quoted, UnquotedError, render
from camp2iac.targets.openstack.machine.template_context import TemplateContext
from camp2iac.targets.openstack.machine.templates import filled, text
from camp2iac.topology.model import Service

InstalledService: TypeAlias = "tuple[Service, TemplateContext]"


class CompanionNames(Record, frozen=True):
    """The names that the script of a companion can use. They are the same on all tiers, and so is its text.

    Attributes:
        name: The script's name in messages and marks: `companion.NAME`. No service has such an id.
        lib: The folder of the companion's files: `/usr/local/lib/camp/companion.NAME`.
        settings: Every setting: the value in the environment file, else none.
    """

    name: str
    lib: str
    settings: Mapping[str, SettingValue]


class CompanionFileNames(Record, frozen=True):
    """The names that the files of a companion can use.

    Attributes:
        name: The script's name in messages and marks: `companion.NAME`.
        lib: The folder of the companion's files: `/usr/local/lib/camp/companion.NAME`.
        settings: Every setting: the value in the environment file, else none.
        app: The application's name in files, units and roles.
        tier: The id of the tier.
        numbered: The tier can have several instances, whose names end with their number.
        sandbox: Lines for `[Service]` of a unit or a drop-in: the program may connect and listen, and writes nothing.
        services: The services whose products have a template for this companion (`machine: services`).
        folders: The volumes of the tier, and the folders with data of products, that those do not cover.
        secrets: The secrets of `companion.yaml` that these settings need: values that only Terraform knows.
        components: Its components: `id`, `form` (`unit`, `container`), `unit`, `user`, `folder`, `released`.
    """

    name: str
    lib: str
    settings: Mapping[str, SettingValue]
    app: str
    tier: str
    numbered: bool
    sandbox: str
    services: tuple[str, ...]
    folders: tuple[str, ...]
    secrets: Mapping[str, Value]
    components: tuple[CompanionComponent, ...]


class _TemplateError(Exception):
    """A template of a companion cannot be used."""


def add(document: MachineDocument, installed: Mapping[str, TemplateContext]) -> None:
    """Add all companions to the document. CAMP306: one of the user's does not fit its templates.

    ``installed``: the names for the templates of each service.
    """
    for each in parts(document.given.infrastructure.companions, document.given.services):
        if each.service is None or each.service.id in installed:
            _add_sound(document, each, installed)


def _add_sound(document: MachineDocument, each: PlacedPart, installed: Mapping[str, TemplateContext]) -> None:
    companion, product = each.asked.companion, each.service.product if each.service else None
    try:
        if each.service is None:
            _add(document, each.asked, installed)
        else:
            _add_addition(document, each, installed[each.service.id])
    except _TemplateError as fault:
        folder, home = (product.folder, BUILT_IN) if product else (companion.folder, BUILT_IN_COMPANIONS)
        if folder.parent == home:
            raise
        name, problem = companion.name, fault.__cause__
        file = f"{product.name}/{name}.yaml" if product else f"{name}/companion.yaml"
        what = file if product else f"the companion {name}"
        document.given.context.diagnostics.add(
            Diagnostic(
                "CAMP306",
                f"{what} cannot be used: {type(problem).__name__}: {problem}",
                document.given.context.environment.key_span(name),
                label="the environment asks for it",
                help=f"correct {file} or its templates",
            )
        )


def _add(document: MachineDocument, asked: AskedCompanion, installed: Mapping[str, TemplateContext]) -> None:
    """The companion's own part."""
    given, companion = document.given, asked.companion
    name = f"companion.{companion.name}"
    common = CompanionNames(name=name, lib=f"{LIB}/{name}", settings=asked.settings)
    found = [(service, installed[service.id]) for service in given.services if service.id in installed]
    known = [(service, context) for service, context in found if has_file(companion, service.product)]
    own = CompanionFileNames(
        **asdict(common),
        app=given.app,
        tier=given.tier.id,
        numbered=given.infrastructure.numbered,
        sandbox=_sandbox(),
        services=tuple(service.id for service, _ in known),
        folders=_folders(companion, found),
        secrets={
            key: document.variable(companion.name, key, secret(companion.name, key, form), others=True)
            for key, form in asked.secrets.items()
        },
        components=tuple(components(given, found)),
    )
    part = companion.machine
    if part.only_data and not (own.services or own.folders):
        return
    document.accompany(companion.name)
    files = [_service_file(companion, common, service, context) for service, context in known]
    rendered = RenderedPart(part, companion.folder, name, asdict(own), asdict(common))
    _add_part(document, rendered, companion.name, files)
    if part.status:
        document.watch("checked", part.status)


def _add_addition(document: MachineDocument, each: PlacedPart, known: TemplateContext) -> None:
    """What the product of a service adds to it. Its templates get the names of the product's."""
    asked, service = each.asked, each.service
    assert service is not None  # noqa: S101 - by the caller
    name = f"companion.{asked.companion.name}.{known.name}"
    names = {
        **asdict(replace(known, name=name, lib=f"{LIB}/{name}")),
        "settings": asked.settings,
        "sandbox": _sandbox(),
    }
    _add_part(document, RenderedPart(each.part, service.product.folder, name, names, names), asked.companion.name)


def _sandbox() -> Quoted:
    return Quoted(sandbox.companion())


class RenderedPart(Record, frozen=True):
    """A part and the names for its templates. ``folder``: of the companion or the product."""

    part: CompanionPart
    folder: Path
    name: str
    in_files: Mapping[str, object]
    in_script: Mapping[str, object]


def _add_part(
    document: MachineDocument, given: RenderedPart, companion: str, more_files: Sequence[WriteFile] = ()
) -> None:
    part, lib = given.part, f"{LIB}/{given.name}"
    document.install(*part.packages)
    files = [
        WriteFile(form.path.replace("{lib}", lib), text, permissions=form.permissions, comment=form.comment)
        for form in part.files
        if (text := _text(given.folder, form.template, given.in_files)) != ""
    ]
    files += more_files
    if files:
        document.write(*files)
    for unit in part.running:
        document.watch("running", unit)
    if not part.script:
        return
    text = _text(given.folder, part.script, given.in_script)
    if not isinstance(text, str):
        problem = TypeError(f"{given.name}: a script cannot contain a value that only Terraform knows")
        raise _TemplateError(str(given.folder)) from problem
    origin = document.given.context.environment.key_span(companion)
    document.add_script(CONFIGURE, f"{given.name}.{CONFIGURE}.sh", f"{lib}.{CONFIGURE}.sh", text, origin)
    document.watch("configured", given.name)


def _folders(companion: Companion, installed: Sequence[InstalledService]) -> tuple[str, ...]:
    every = (folders(companion, service.product, known.data, known.mounts) for service, known in installed)
    return tuple(dict.fromkeys(folder for some in every for folder in some))


def _service_file(
    companion: Companion, common: CompanionNames, service: Service, context: TemplateContext
) -> WriteFile:
    """What a product says about itself to a companion.

    Raises:
        ProductFault: its template has an error.
    """
    form = companion.machine.services
    assert form is not None, "the service has a template for it"  # noqa: S101 - by has_file
    path = filled(service, form.path, {"lib": common.lib, "id": service.id})
    return WriteFile(path, text(service, form.template, context), permissions=form.permissions, comment=form.comment)


def _text(folder: Path, template: str, known: Mapping[str, object]) -> str | Template:
    with _files_of(folder):
        return render(folder / "templates", template, {**known, "always": True})


@contextmanager
def _files_of(folder: Path) -> Iterator[None]:
    try:
        yield
    except (template_error(), UnquotedError, OSError) as problem:
        raise _TemplateError(str(folder)) from problem
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as problem:
        raise _TemplateError(str(folder)) from problem
