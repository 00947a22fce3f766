"""The layout: each decision about a plan on Heroku, made once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from camp2iac.camp.package import Package
from camp2iac.record import Record
from camp2iac.targets.base import Environment
from camp2iac.targets.heroku.layout import review_apps, schedules
from camp2iac.targets.heroku.layout.apps import App, decide
from camp2iac.targets.heroku.layout.attachments import Attachments, attach
from camp2iac.targets.heroku.layout.configuration import Asked
from camp2iac.targets.heroku.layout.formations import Formation
from camp2iac.targets.heroku.layout.layout_input import LayoutInput
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.targets.heroku.runtimes import load
from camp2iac.topology.model import Component, Tier, Topology


class HerokuLayout(Record, frozen=True, dict=True):
    """All decisions. Checks, resources and accounting read it, and decide nothing.

    ``apps``: by component, sorted. ``left_out``: the components that Heroku cannot run.
    """

    given: LayoutInput
    attachments: Attachments
    apps: Mapping[str, App]
    left_out: tuple[Component, ...]

    @staticmethod
    def of(
        topology: Topology, environment: Environment, package: Package, broken: frozenset[str] = frozenset()
    ) -> HerokuLayout:
        """Make all decisions. Pure: same arguments, same result. ``broken``: see ``targets.base.Context``."""
        given = LayoutInput(topology, HerokuSettings(environment, topology), package, broken)
        attachments = attach(given)
        decided = {each.id: decide(each, attachments, given) for each in topology.components.values()}
        apps = {id_: app for id_, app in decided.items() if app is not None}
        left_out = tuple(topology.components[id_] for id_, app in decided.items() if app is None)
        return HerokuLayout(given, attachments, apps, left_out)

    @property
    def topology(self) -> Topology:
        """The plan."""
        return self.given.topology

    @property
    def settings(self) -> HerokuSettings:
        """The environment file."""
        return self.given.settings

    @property
    def formations(self) -> Iterator[Formation]:
        """The formations of all apps, by tier."""
        for found in self.formations_by_tier.values():
            yield from found

    @cached_property
    def formations_by_tier(self) -> Mapping[str, list[Formation]]:
        """The formations of all apps, in the order of the components."""
        found: dict[str, list[Formation]] = {each.tier: [] for each in self.topology.components.values()}
        for app in self.apps.values():
            for formation in app.formations.all:
                found.setdefault(formation.tier, []).append(formation)
        return found

    @cached_property
    def peers(self) -> frozenset[str]:
        """The components whose apps' URLs are in the configuration of apps."""
        return frozenset(id_ for app in self.apps.values() for id_ in app.configuration.peers)

    @cached_property
    def loaded_by_others(self) -> Mapping[str, tuple[App, ...]]:
        """The apps whose release commands load databases that an app uses and does not own. Without circles."""
        edges: dict[str, list[App]] = {id_: [] for id_ in self.apps}

        def reaches(start: str, end: str) -> bool:
            return start == end or any(reaches(app.component.id, end) for app in edges[start])

        for id_ in self.apps:
            services = {attachment.addon.service.id for attachment in self.attachments.of(id_)}
            for other, app in self.apps.items():
                if other != id_ and services & app.build.loaded.keys() and not reaches(other, id_):
                    edges[id_].append(app)
        return {id_: tuple(found) for id_, found in edges.items()}

    def on(self, tier: Tier) -> tuple[App, ...]:
        """The apps of a tier's components, in the order of its services."""
        return tuple(self.apps[each.id] for each in self.topology.tier_components(tier.id) if each.id in self.apps)

    def called(self, component: Component) -> str:
        """The name of a component's app in command lines: its default name, or NAME."""
        return self.settings.app_name(component)[0] or "NAME"

    @property
    def notes(self) -> tuple[str, ...]:
        """The manual steps, for the output's README."""
        return (*self._loads, *(note for app in self.apps.values() for note in self._scheduled(app.component)))

    def _scheduled(self, component: Component) -> Iterator[str]:
        """How to add the schedules of a component to Heroku Scheduler."""
        jobs = [made for each in component.schedules if (made := schedules.job(each)).frequency]
        id_, name = component.id, self.called(component)
        if jobs and (extra := self.scheduler(component)):
            yield f"Add Heroku Scheduler to {id_}: write `{extra}` in the environment file, and run `camp2iac synth`"
        for made in jobs:
            job, times = schedules.code(made.command), f"`{made.schedule.at.text}` in {made.schedule.zone}"
            yield (
                f"For {id_}, in `heroku addons:open scheduler --app {name}`, add the job {job}: "
                f"{made.frequency} (the plan: {times})"
            )

    def scheduler(self, component: Component) -> str:
        """What adds Heroku Scheduler to an app, for the environment file. Empty: it has it."""
        plans = [str(each["plan"]) for each in self.settings.extras(component)]
        kind = schedules.ADDON.partition(":")[0]
        there = any(plan.partition(":")[0] == kind for plan in plans)
        return "" if there else f"extras: {{ {component.id}: [{', '.join((*plans, schedules.ADDON))}] }}"

    @property
    def _loads(self) -> tuple[str, ...]:
        """What a person loads."""
        loads = [each.job for app in self.apps.values() for each in app.build.loads if each.by_hand]
        loads += [job for service in self.attachments.external for job in service.jobs]
        return tuple(
            dict.fromkeys(
                f'Load {load.shown(job)} into {job.service} once: see "Lost on this platform" below.' for job in loads
            )
        )

    @property
    def asked(self) -> Iterator[Asked]:
        """The sensitive variables that the environment file names. A variable can occur twice."""
        for app in self.apps.values():
            yield from app.asked
        if self.topology.components:
            yield from review_apps.asked(self.settings.environment).values()
