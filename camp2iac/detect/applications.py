"""The applications of a repository: each folder with one, what it runs, and what it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from camp2iac.camp.package import Package
from camp2iac.catalogue import Catalogue
from camp2iac.detect import compose, monorepo, services, starts, variables, wishes
from camp2iac.detect.compose import Compose, ComposeService
from camp2iac.detect.files import Folder, aside
from camp2iac.detect.rules import Framework, Language, languages
from camp2iac.detect.rules import services as service_rules
from camp2iac.detect.services import ServiceUse
from camp2iac.detect.starts import Line, Project, Start
from camp2iac.detect.variables import EnvironmentVariable
from camp2iac.detect.wishes import Wish
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record, replace
from camp2iac.targets.programs import lines
from camp2iac.targets.programs.demands import declarations

_DEEPEST = 3
MOST = 20  # applications


class Application(Record, frozen=True):
    """A program that can be deployed. ``mark``: the file that shows its language. ``port``: where it listens; None: the
    product's port. ``root``: the folder above it that is deployed too; empty: none. ``runs``: it answers requests or
    works in the background.
    """

    name: str
    project: Project
    mark: str
    start: Start
    processes: tuple[Line, ...]
    uses: tuple[ServiceUse, ...]
    variables: tuple[EnvironmentVariable, ...]
    wish: Wish | None
    port: int | None
    notes: tuple[str, ...]
    root: str = ""

    @property
    def product(self) -> str:
        """The product of the catalogue that it runs on."""
        framework = self.project.framework
        return (
            self.start.product or (framework.product if framework is not None else "") or self.project.language.product
        )

    @property
    def runs(self) -> bool:
        """Whether it is a web server or a worker, as far as its files show."""
        return (self.start.web or bool(self.processes) or bool(self.start.name)) and not self.start.question

    def answered(self, answer: str) -> Application:
        """The same with the answer to its question."""
        start = self.start
        if start.key == "content":
            changed = replace(start, content=answer, question="")
        elif start.key and not re.search(r"\s", answer):
            changed = replace(start, options=(*start.options, Line(start.key, answer)), question="")
        else:  # a command
            plain = self.project.language.plain_requirement or start.requirement
            changed = replace(start, processes=(Line("web", answer),), requirement=plain, question="")
            return replace(self, start=changed, processes=(Line("web", answer), *self.processes))
        return replace(self, start=changed)

    def using(self, use: ServiceUse, product: str) -> Application:
        """The same with one product of those that it may use."""
        why = dict((*use.others, (use.product, use.why)))[product]
        return replace(self, uses=tuple(ServiceUse(product, why) if each == use else each for each in self.uses))


class Findings(Record, frozen=True):
    """What a repository has. ``others``: files of languages that cannot be deployed, and what to do instead.
    ``name``: of the repository, empty if no file says it.
    """

    name: str
    applications: tuple[Application, ...]
    others: tuple[tuple[str, Language], ...]  # the file that shows it


def look(package: Package, catalogue: Catalogue) -> Findings:
    """Find the applications in a package."""
    whole = Folder(package, "", package.everything())
    composed = compose.read(whole)
    found: list[Application] = []
    others: list[tuple[str, Language]] = []
    for path in _folders(whole):
        if len(found) >= MOST or any(_inside(path, each) for each in found):
            continue
        here, language = _in_folder(whole.below(path), catalogue, composed)
        found += here
        if language is not None and len(others) < MOST and language[0] not in {file for file, _ in others}:
            others.append(language)
    if any(each.title != "Docker" for _, each in others) or found:
        others = [(file, each) for file, each in others if each.title != "Docker"]
    found = [each for each in found if each.runs] or found
    found = _in_workspaces(found, whole)
    if any(not _only_pages(each) for each in found):
        found = [each for each in found if not _only_pages(each)]
    name = _name(found) if len(found) == 1 else ""
    return Findings(name, tuple(_distinct(found)), tuple(others))


def _in_workspaces(found: list[Application], whole: Folder) -> list[Application]:
    """The applications of Node.js with the repository that has their packages, without the libraries of others."""
    paths = {each.project.folder.path for each in found if each.project.language.kind == "nodejs"}
    libraries = monorepo.libraries(paths, whole)
    kept = [each for each in found if each.project.folder.path not in libraries & paths]
    roots = {path: monorepo.root(path, whole) or "" for path in paths}
    return [replace(each, root=roots.get(each.project.folder.path, "")) for each in kept]


def _only_pages(application: Application) -> bool:
    """Whether it is a page in some folder of a repository, which may be its documentation."""
    start, project = application.start, application.project
    beside = bool(project.folder.path) or "index.html" not in project.folder
    return project.language.kind == "static" and beside and not start.build


def _folders(whole: Folder) -> list[str]:
    """The folders that may have an application, those above first."""
    found = {""}
    for name in whole.names:
        folder = name.rpartition("/")[0]
        if folder and folder.count("/") < _DEEPEST and not aside(f"{folder}/"):
            found.add(folder)
    return sorted(found, key=lambda path: (path.count("/") + bool(path), path))


def _prefix(path: str, other: str) -> bool:
    return not other or path == other or path.startswith(f"{other}/")


def _inside(path: str, application: Application) -> bool:
    """Whether a folder belongs to an application that was found above it."""
    return not _only_pages(application) and _prefix(path, application.project.folder.path)


def _in_folder(
    folder: Folder, catalogue: Catalogue, composed: Compose
) -> tuple[list[Application], tuple[str, Language] | None]:
    """The applications in a folder itself: of the first language that has one. Else a language without a product."""
    unsure: list[Application] = []
    other: tuple[str, Language] | None = None
    for language in languages():
        mark = next((names[0] for pattern in language.marks if (names := folder.top(pattern))), None)
        if mark is None:
            continue
        if language.unsupported:
            other = other or (folder.shown(mark), language)
            continue
        project = _project(folder, language)
        mark = project.framework.file if project.framework is not None and project.framework.file else mark
        found = [_application(start, project, mark, catalogue, composed) for start in _starts(project)]
        sure = [each for each in found if not each.start.question]
        if sure:
            return sure, None
        unsure = unsure or found
    return unsure, other


def _starts(project: Project) -> list[Start]:
    """What the files show; else the command of a Dockerfile, if its file exists; else, at the top, a question."""
    found = starts.find(project)
    if any(not each.question for each in found):
        return found
    command = compose.started(project.folder)
    run = lines.first(command)
    if command and (run is None or not run.file or lines.there(run, project.folder.names)):
        line = Line("web", command, f"{project.shown('Dockerfile')}: CMD")
        plain = project.language.plain_requirement or project.language.requirement
        return [Start(processes=(line,), requirement=plain)]
    top = not project.folder.path and project.language.kind != "static" and not monorepo.is_root(project.folder)
    return found or ([Start(question="The command that starts it")] if top else [])


def _project(folder: Folder, language: Language) -> Project:
    needed = services.dependencies(folder, language)
    framework = next((each for each in language.frameworks if _shows(each, folder, needed)), None)
    return Project(folder, language, framework, needed)


def _shows(framework: Framework, folder: Folder, needed: dict[str, str]) -> bool:
    if framework.file:
        return framework.file in folder
    begun = framework.dependency.removesuffix("*")
    return framework.dependency in needed or (
        begun != framework.dependency and any(each.startswith(begun) for each in needed)
    )


def _application(start: Start, project: Project, mark: str, catalogue: Catalogue, composed: Compose) -> Application:
    uses = services.find(project, composed)
    built = composed.of(project.folder.path)
    processes = _processes(start, project, composed, uses)
    runs_requests = start.product in ("", project.language.product, "tomcat")
    found = variables.find(project, [use.product for use in uses], built) if runs_requests else []
    framework = project.framework
    product = start.product or (framework.product if framework is not None else "") or project.language.product
    application = Application(
        start.name or _named(project, composed, start),
        project,
        project.shown(mark),
        start,
        processes,
        tuple(uses) if runs_requests else (),
        tuple(found),
        wishes.find(project.folder, declarations.of(project.language.product), catalogue[product])
        if not start.product
        else start.wish,
        compose.exposed(project.folder) if start.web and runs_requests else None,
        start.notes,
    )
    return replace(application, notes=(*start.notes, *_unread(application, built)))


def _unread(application: Application, built: Iterable[ComposeService]) -> list[str]:
    """Services whose address the code does not seem to read."""
    language = application.project.language
    notes = []
    for use in application.uses:
        rule = service_rules()[use.product]
        reads = language.reads if rule.group == "database" and language.reads else rule.reads
        names = [*reads, f"{service_id(application, use.product).upper()}_URL"]
        if use.product not in language.needs and not any(variables.mentions(application.project, names)):
            known = variables.replaced(application.project, use.product, built)
            instead = [
                f"{file} has {listed(names[:5])}, and the plan sets {reads[0]} instead."
                for file, names in known.items()
            ]
            must = f"No file mentions {reads[0]}: the code must read the address of the {rule.id} there."
            notes.append(" ".join([*instead[:1], must]))
    return notes


def service_id(application: Application, product: str) -> str:
    """The id that the plan gives to a service, unless it is taken."""
    framework = application.project.framework
    return (framework.ids.get(product) if framework is not None else None) or service_rules()[product].id


def _named(project: Project, composed: Compose, start: Start) -> str:
    """What to call the only program of a folder."""
    path = project.folder.path
    if not path:
        return "web" if start.web else "worker"
    built = [each for each in composed.of(path) if each.ports] or composed.of(path)
    return built[0].name if built else path.rpartition("/")[2]


def _processes(start: Start, project: Project, composed: Compose, uses: list[ServiceUse]) -> tuple[Line, ...]:
    """Those of the start, of the Procfile, of compose services from the same folder, and of dependencies."""
    found = {line.key: line for line in start.processes}
    if start.product or start.name:
        return tuple(found.values())
    if "web" not in found or project.procfile.get("web") == found["web"].value:
        for type_, command in project.procfile.items():
            if type_ != "web" and re.fullmatch(r"[a-z][a-z0-9-]{0,30}", type_):  # others come from the Procfile itself
                found.setdefault(type_, Line(type_, command, project.shown("Procfile")))
    usual = {"web", "release"}
    beside = set(project.procfile) - usual
    workers = [each for each in composed.of(project.folder.path) if each.command and not each.ports]
    for service in workers:
        if not (beside or set(found) - usual) and re.fullmatch(r"[a-z][a-z0-9-]*", service.name):
            found.setdefault(service.name, Line(service.name, service.command, service.file))
    for rule in project.language.processes:
        if rule.dependency in project.dependencies and rule.type not in found and not (beside or set(found) - usual):
            file = next((name for name, _ in project.folder.search(rule.file, rule.pattern)), None) if rule.file else ""
            if file is not None:
                module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                found[rule.type] = Line(
                    rule.type,
                    rule.command.replace("{module}", module),
                    project.shown(file) if file else f"{project.dependencies[rule.dependency]}: {rule.dependency}",
                )
    framework = project.framework
    database = any(service_rules()[use.product].group == "database" for use in uses)
    if framework is not None and framework.release and database and not {"release"} & {*found, *project.procfile}:
        found["release"] = Line("release", framework.release, framework.name)
    return tuple(found.values())


def _name(found: list[Application]) -> str:
    """The name that the first application's files give, without its scope: ``@shop/api`` is api."""
    for application in found[:1]:
        for reference in application.project.language.names:
            for _, value in application.project.folder.values(reference):
                name = re.sub(r"[^\w.-]+", "-", value.rpartition("/")[2]).strip("-.")
                if name:
                    return name[:60]
    return ""


def _distinct(found: list[Application]) -> list[Application]:
    """The same with names that differ, and that a plan can have."""
    taken: set[str] = set()
    named = []
    for application in found:
        base = re.sub(r"[^a-z0-9]+", "-", application.name.lower()).strip("-")
        base = base if base[:1].isalpha() else f"app-{base}".rstrip("-")
        number, name = 1, base[:40]
        while name in taken:
            number += 1
            name = f"{base[:40]}-{number}"
        taken.add(name)
        named.append(replace(application, name=name))
    return named
