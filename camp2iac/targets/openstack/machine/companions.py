"""What companions add to the document of a tier's instances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from camp2iac.catalogue.companion import BUILT_IN_COMPANIONS, AskedCompanion, Companion
from camp2iac.diagnostics import Diagnostic
from camp2iac.record import Record, asdict
from camp2iac.synth.cloudinit import WriteFile
from camp2iac.synth.module import Template, Value
from camp2iac.targets.openstack.layout.companion_secrets import secret
from camp2iac.targets.openstack.machine.document import LIB, MachineDocument
from camp2iac.targets.openstack.machine.halves import CONFIGURE
from camp2iac.targets.openstack.machine.kept_data import folders, has_file
from camp2iac.targets.openstack.machine.render import UnquotedError, render
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
    settings: Mapping[str, str | None]


class CompanionFileNames(Record, frozen=True):
    """The names that the files of a companion can use.

    Attributes:
        name: The script's name in messages and marks: `companion.NAME`.
        lib: The folder of the companion's files: `/usr/local/lib/camp/companion.NAME`.
        settings: Every setting: the value in the environment file, else none.
        app: The application's name in files, units and roles.
        tier: The id of the tier.
        numbered: The tier can have several instances, whose names end with their number.
        services: The services whose products have a template for this companion (`machine: services`).
        folders: The volumes of the tier, and the folders with data of products, that those do not cover.
        secrets: The secrets of `companion.yaml` that these settings need: values that only Terraform knows.
    """

    name: str
    lib: str
    settings: Mapping[str, str | None]
    app: str
    tier: str
    numbered: bool
    services: tuple[str, ...]
    folders: tuple[str, ...]
    secrets: Mapping[str, Value]


class _TemplateError(Exception):
    """A template of a companion cannot be used."""


def add(document: MachineDocument, installed: Sequence[InstalledService]) -> None:
    """Add all companions to the document. CAMP306: a companion of the user's does not fit its templates."""
    for asked in document.given.infrastructure.companions:
        _add_sound(document, asked, installed)


def _add_sound(document: MachineDocument, asked: AskedCompanion, installed: Sequence[InstalledService]) -> None:
    try:
        _add(document, asked, installed)
    except _TemplateError as fault:
        if asked.companion.folder.parent == BUILT_IN_COMPANIONS:
            raise
        name, problem = asked.companion.name, fault.__cause__
        document.given.context.diagnostics.add(
            Diagnostic(
                "CAMP306",
                f"the companion {name} cannot be used: {type(problem).__name__}: {problem}",
                document.given.context.environment.key_span(name),
                label="the environment asks for it",
                help=f"correct {name}/companion.yaml or its templates",
            )
        )


def _add(document: MachineDocument, asked: AskedCompanion, installed: Sequence[InstalledService]) -> None:
    given, companion = document.given, asked.companion
    part, name = companion.machine, f"companion.{companion.name}"
    common = CompanionNames(name=name, lib=f"{LIB}/{name}", settings=asked.settings)
    known = [(service, context) for service, context in installed if has_file(companion, service.product)]
    own = CompanionFileNames(
        **asdict(common),
        app=given.app,
        tier=given.tier.id,
        numbered=given.infrastructure.numbered,
        services=tuple(service.id for service, _ in known),
        folders=_folders(companion, installed),
        secrets={
            key: document.variable(companion.name, key, secret(companion.name, key, form), others=True)
            for key, form in asked.secrets.items()
        },
    )
    if part.only_data and not (own.services or own.folders):
        return
    document.accompany(companion.name)
    document.install(*part.packages)
    files = [
        WriteFile(form.path.replace("{lib}", common.lib), text, permissions=form.permissions, comment=form.comment)
        for form in part.files
        if (text := _text(companion, form.template, own)) != ""
    ]
    files += [_service_file(companion, common, service, context) for service, context in known]
    if files:
        document.write(*files)
    for unit in part.running:
        document.watch("running", unit)
    if part.script:
        _script(document, companion, common)
    if part.status:
        document.watch("checked", part.status)


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


def _script(document: MachineDocument, companion: Companion, known: CompanionNames) -> None:
    text = _text(companion, companion.machine.script, known)
    if not isinstance(text, str):  # no name has a value of Terraform
        raise TypeError(f"{known.name}: a script cannot contain a value that only Terraform knows")
    origin = document.given.context.environment.key_span(companion.name)
    document.add_script(CONFIGURE, f"{known.name}.{CONFIGURE}.sh", f"{known.lib}.{CONFIGURE}.sh", text, origin)
    document.watch("configured", known.name)


def _text(companion: Companion, template: str, known: CompanionNames | CompanionFileNames) -> str | Template:
    with _files_of(companion.folder):
        return render(companion.folder / "templates", template, {**asdict(known), "always": True})


@contextmanager
def _files_of(folder: Path) -> Iterator[None]:
    from jinja2 import TemplateError

    try:
        yield
    except (TemplateError, UnquotedError, OSError) as problem:
        raise _TemplateError(str(folder)) from problem
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as problem:
        raise _TemplateError(str(folder)) from problem
