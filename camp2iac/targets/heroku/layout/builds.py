"""What Heroku builds for each component: a copy of its content, or an archive that it downloads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from camp2iac.diagnostics import Diagnostic
from camp2iac.record import Record
from camp2iac.synth.module import Document
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.attachments import Addon, Attachments
from camp2iac.targets.heroku.layout.layout_input import LayoutInput
from camp2iac.targets.heroku.layout.release_guard import ReleaseGuard
from camp2iac.targets.heroku.offers import Buildpack
from camp2iac.targets.heroku.runtimes import (
    Build,
    builds,
    containers,
    jdbc_profile,
    load,
    own_databases,
    packages,
    prepare,
    procfiles,
    sources,
)
from camp2iac.targets.heroku.runtimes.sources import BuildSource
from camp2iac.targets.kit import copies, kept
from camp2iac.targets.kit.copies import Copy
from camp2iac.topology.images import ImageName
from camp2iac.topology.model import Component, Job


class Load(Record, frozen=True):
    """A job of the plan on an app's own add-on. ``by_hand``: why the release command cannot do it, or empty."""

    addon: Addon
    job: Job
    by_hand: str = ""


class BuildPlan(Record, frozen=True):
    """A build and its processes.

    ``documents``: the copy, empty if Heroku downloads ``source``. ``processes``: the process types. ``own``: those of
    the content's own Procfile. ``path``: the path that the runtime serves. ``buildpacks``: empty for an image.
    ``variables``: for the buildpacks.
    ``outcomes``, ``faults``: what the runtime did with the plan's statements, and errors in the content.
    """

    source: BuildSource | None
    documents: tuple[Document, ...]
    processes: tuple[str, ...]
    own: frozenset[str]
    loads: tuple[Load, ...]
    path: str
    buildpacks: tuple[str, ...]
    variables: Mapping[str, str]
    outcomes: tuple[LedgerEntry, ...]
    faults: tuple[Diagnostic, ...]

    @property
    def releases(self) -> bool:
        """Whether camp2iac writes its release command."""
        return self.source is None and "release" in self.processes

    @property
    def loaded(self) -> dict[str, list[Load]]:
        """The jobs of the release command, by service."""
        found: dict[str, list[Load]] = {}
        for each in self.loads:
            if not each.by_hand:
                found.setdefault(each.addon.service.id, []).append(each)
        return found


def plan_build(component: Component, attachments: Attachments, given: LayoutInput, release: ReleaseGuard) -> BuildPlan:
    """The build of a component that Heroku has buildpacks for, or whose image it runs."""
    jobs = [(addon, job) for addon in attachments.owned(component.id) for job in addon.service.jobs]
    if image := given.image(component):
        return _container(component, image, jobs, given, release)
    copy = copies.take(component, given.package)
    return (
        _archive(component, jobs, given) if copy is None else _copy(component, copy, jobs, given, release, attachments)
    )


def _container(
    component: Component,
    image: ImageName,
    jobs: Sequence[tuple[Addon, Job]],
    given: LayoutInput,
    release: ReleaseGuard,
) -> BuildPlan:
    build = Build(given.topology, component, given.host(component), Buildpack(), Copy(component))
    processes = containers.prepare(build, image, release.test)
    why = "The release command runs in the image, which may have no tool to load it."
    return BuildPlan(
        None,
        tuple(build.copy.documents()),
        processes,
        frozenset(),
        tuple(Load(addon, job, why) for addon, job in jobs),
        "",
        (),
        {},
        tuple(build.outcomes),
        tuple(build.faults),
    )


def _archive(component: Component, jobs: Sequence[tuple[Addon, Job]], given: LayoutInput) -> BuildPlan:
    why = f"Heroku downloads the content of {component.id}, and camp2iac cannot add files to it."
    source = sources.of(component)
    return BuildPlan(
        source,
        (),
        tuple(dict.fromkeys(("web", *(process.type for process in component.processes)))),
        frozenset(),
        tuple(Load(addon, job, why) for addon, job in jobs),
        "",
        given.buildpacks(component),
        {},
        (),
        (),
    )


def _copy(
    component: Component,
    copy: Copy,
    jobs: Sequence[tuple[Addon, Job]],
    given: LayoutInput,
    release: ReleaseGuard,
    attachments: Attachments,
) -> BuildPlan:
    host = given.host(component)
    pack, fir = offers.buildpack(host.product) or Buildpack(), given.settings.fir
    build = Build(given.topology, component, host, pack, copy, fir=fir)
    builds.own_procfile(copy)
    had = copies.processes(copy.text("Procfile"))
    wanted = {
        process.type: builds.within(component, process.command)
        for process in component.processes
        if not process.procfile
    }
    if given.settings.list_of("buildpacks", component):
        build.outcomes.append(kept(component.statement, "buildpacks from the environment file"))
    else:
        web = prepare(build)
        had = {**build.processes, **({"web": web} if web is not None else {}), **had}
        if not {*wanted, *had} - {"release"} and not build.faults:
            build.fault(_no_process(component))
    builds.account(build)
    own = frozenset(had) - frozenset(wanted)
    wanted = {type_: " ".join(re.split(r"[\r\n]+", command)).strip(" ") for type_, command in {**had, **wanted}.items()}
    loads = tuple(_load(addon, job, given) for addon, job in jobs)
    if commands := _commands(component, loads, copy, given):
        wanted["release"] = " && ".join([*commands, *([wanted["release"]] if "release" in wanted else [])])
    if "release" in wanted:
        wanted["release"] = release.before(copy, wanted["release"], component.span)
    document, application = copy.files.get("Procfile"), component.options.get("application")
    origin = document.origin if document else application.span if application else component.span
    copy.add("Procfile", procfiles.procfile(copy.text("Procfile"), wanted), origin)
    if given.settings.fir and "project.toml" not in copy.files:
        copy.add("project.toml", procfiles.project(given.buildpacks(component)), component.statement.span)
    packages.add(build, given.settings.list_of("buildpacks", component), fir=given.settings.fir)
    if not given.settings.fir:
        jdbc_profile.add(copy, component, host, given.topology)
    buildpacks = given.buildpacks(component)
    variables: Mapping[str, str] = {}
    if not (given.settings.fir or _owns_postgres(component, attachments)):
        buildpacks, variables = own_databases.prevent(copy, buildpacks)
    return BuildPlan(
        None,
        tuple(copy.documents()),
        tuple(wanted),
        own,
        loads,
        build.path,
        buildpacks,
        variables,
        tuple(build.outcomes),
        tuple(build.faults),
    )


def _owns_postgres(component: Component, attachments: Attachments) -> bool:
    """Whether an app has an add-on of the kind that buildpacks order, so that Heroku creates no other."""
    return any(addon.addon.name == "heroku-postgresql" for addon in attachments.owned(component.id))


def _load(addon: Addon, job: Job, given: LayoutInput) -> Load:
    can = addon.offer.load == "psql" and load.files(job, given.package) is not None
    return Load(addon, job, "" if can else "Dynos have no tool to load it.")


def _commands(component: Component, loads: Sequence[Load], copy: Copy, given: LayoutInput) -> list[str]:
    """Add the SQL for the app's own add-ons to its copy. Return the commands that load it."""
    groups: dict[str, list[Load]] = {}
    for each in loads:
        if not each.by_hand:
            groups.setdefault(each.addon.service.id, []).append(each)
    commands = []
    for service, wanted in groups.items():
        addon = wanted[0].addon
        script = "load.sql" if len(groups) == 1 else f"load-{service}.sql"
        link = next(link for link in given.topology.users(service) if link.component == component.id)
        variable = addon.creates if addon.creates in link.variables else link.variables[0]
        commands.append(load.add(copy, [each.job for each in wanted], given.package, str(variable), script))
    return commands


def _no_process(component: Component) -> Diagnostic:
    return Diagnostic(
        "CAMP445",
        f"{component.name} has no command that starts it",
        component.span,
        label="this component has no process",
        notes=(
            "Heroku starts the processes in a Procfile; camp2iac generates one from the plan if the content has none",
        ),
        help="add a requirement:\n  - requirement_type: org.camp2iac:Process\n    web: COMMAND",
    )
