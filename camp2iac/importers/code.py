"""Code of a source, in a folder: what ``camp2iac init`` finds there, as an artifact and its service."""

from __future__ import annotations

from pathlib import Path

from camp2iac.camp.folder import FolderPackage
from camp2iac.camp.package import Package
from camp2iac.catalogue import Catalogue
from camp2iac.detect import look
from camp2iac.detect.applications import Application
from camp2iac.detect.plan import PACKAGE
from camp2iac.importers.draft import (
    DraftArtifact,
    DraftCharacteristic,
    DraftRequirement,
    DraftService,
    DraftValue,
    NotedValue,
)
from camp2iac.importers.systems import WantedRelease
from camp2iac.record import Record

_OUTPUTS = ("infra", "environments")


class FoundCode(Record, frozen=True):
    """The application in a folder. ``title``: its language or framework. ``port``: that a Dockerfile exposes."""

    application: Application
    title: str
    port: int | None
    web: bool

    def wanted(self, tier: str) -> WantedRelease:
        """What the code needs of its operating system."""
        wish = self.application.wish
        return WantedRelease(tier, self.application.product, wish.range if wish is not None else "")


def find(root: Path, folder: str, catalogue: Catalogue) -> FoundCode | None:
    """The application in a folder of the source itself; None if camp2iac does not recognise one."""
    place = root / folder if folder else root
    package: Package = FolderPackage(place, f"{folder or '.'}/", plan="", leave_out=[place / each for each in _OUTPUTS])
    for each in look(package, catalogue).applications:
        if not each.project.folder.path and not each.start.question and not each.start.build:
            framework = each.project.framework
            title = framework.name if framework is not None else each.project.language.title
            return FoundCode(each, title, each.port, each.start.web)
    return None


def href(folder: str) -> str:
    """A folder of the source as content."""
    return f"{folder}/" if folder else PACKAGE


def artifact(found: FoundCode, name: str, folder: str, command: str = "", *, web: bool = True) -> DraftArtifact:
    """The artifact for code. ``command``: runs instead of what the files show. ``web``: it answers requests."""
    application, start = found.application, found.application.start
    language, framework = application.project.language, application.project.framework
    type_ = start.artifact or (framework.artifact if framework is not None else "") or language.artifact
    requirement = start.requirement or (framework.requirement if framework is not None else "") or language.requirement
    if framework is not None and framework.requirement and not start.options:
        requirement = framework.requirement
    options: dict[str, DraftValue] = {each.key: NotedValue(each.value, each.why) for each in start.options}
    processes = {each.key: each.value for each in application.processes}
    if command:
        requirement, options = language.plain_requirement or requirement, {}
        processes = {"web" if web else "worker": command}
    content: dict[str, DraftValue] = {"href": f"{href(folder)}{start.content}" if start.content else href(folder)}
    if application.root and not start.content:
        content["root"] = application.root
    made = DraftArtifact(name, type_, content)
    made.requirements.append(DraftRequirement(requirement, options, f"id:{name}"))
    if processes:
        made.requirement("org.camp2iac:Process").values = dict(processes)
    if start.variables:
        made.requirement("org.camp2iac:Env").values = {each.key: each.value for each in start.variables}
    return made


def service(found: FoundCode, id_: str, catalogue: Catalogue) -> DraftService:
    """The service that code runs on."""
    application = found.application
    start, language, framework = application.start, application.project.language, application.project.framework
    own = start.characteristic or language.characteristic
    made = DraftService(id_)
    for type_ in framework.characteristics if framework is not None and not start.characteristic else ():
        made.characteristics.append(DraftCharacteristic(type_))
    wish = application.wish
    key = catalogue[application.product].characteristics.get(own)
    if wish is not None and wish.range and key is not None:
        range_ = NotedValue(wish.range, f"{wish.file}: {wish.words}")
        made.characteristics.append(DraftCharacteristic(own, {key: range_}))
    elif not made.characteristics:
        made.characteristics.append(DraftCharacteristic(own))
    return made
