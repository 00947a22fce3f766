"""The apps: one for each component that Heroku can build."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.record import Record
from camp2iac.synth.module import Value, template
from camp2iac.targets.heroku.layout import names, release_guard, values
from camp2iac.targets.heroku.layout.attachments import Attachments
from camp2iac.targets.heroku.layout.builds import BuildPlan, plan_build
from camp2iac.targets.heroku.layout.configuration import Asked, Configuration, configure
from camp2iac.targets.heroku.layout.drains import Drain, TelemetryDrain, log_drains, telemetry_drains
from camp2iac.targets.heroku.layout.formations import Formations, form
from camp2iac.targets.heroku.layout.layout_input import LayoutInput
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.topology.images import ImageName
from camp2iac.topology.model import Component, Exposure, Service


class App(Record, frozen=True):
    """An app and all decisions about it.

    ``buildpacks``: empty if it runs ``image``. ``hosts``: its host names in addition to herokuapp.com, each once.
    """

    component: Component
    host: Service
    buildpacks: tuple[str, ...]
    hosts: tuple[str, ...]
    configuration: Configuration
    build: BuildPlan
    formations: Formations
    drains: tuple[Drain, ...]
    telemetry: tuple[TelemetryDrain, ...]
    image: ImageName | None = None

    @property
    def asked(self) -> Iterator[Asked]:
        """The sensitive variables of the module that the environment file names for it."""
        yield from self.configuration.asked
        yield from (each.asked for each in self.drains if each.asked is not None)
        for telemetry in self.telemetry:
            yield from telemetry.asked

    @property
    def address(self) -> str:
        """The address of its Terraform block."""
        return names.app(self.component)

    @property
    def name(self) -> str:
        """The Terraform name of blocks that exist once per app."""
        return names.identifier(self.component.id)

    @property
    def manifest(self) -> str:
        """The file of its build that names the processes."""
        return "heroku.yml" if self.image else "Procfile"

    @property
    def file(self) -> str:
        """The file with its blocks."""
        return names.file(self.component)

    @property
    def exposure(self) -> Exposure | None:
        """The exposure that Heroku's router serves."""
        return routed(self.component)

    @property
    def url(self) -> Value:
        """The URL for users, with the plan's path if the runtime serves that."""
        return self._below(values.url(self.component))

    @property
    def peer_url(self) -> Value:
        """The same URL, from the local value that other apps have."""
        return self._below(values.peer_url(self.component))

    def _below(self, address: Value) -> Value:
        return template(address, self.build.path) if self.build.path else address


def routed(component: Component) -> Exposure | None:
    """The exposure of a component that Heroku's router serves: the first one with HTTP."""
    return next((each for each in component.exposures if each.protocol == "http"), None)


def internal(component: Component, settings: HerokuSettings) -> bool:
    """Whether only apps of its Private Space reach a component: the plan says that it is not public."""
    stated = [exposure.public for exposure in component.exposures if exposure.public is not None]
    private = bool(stated) and not any(public.value for public in stated)
    return private and bool(settings.space) and not settings.fir


def decide(component: Component, attachments: Attachments, given: LayoutInput) -> App | None:
    """The app of a component. None if no buildpack builds it, and it is not an image that Heroku runs."""
    if not given.deployed(component):
        return None
    exposure = routed(component)
    hosts = [str(host) for host in given.settings.list_of("domains", component)]
    hosts += exposure.hosts.value if exposure and exposure.hosts else ()
    configuration = configure(component, attachments.external, given)
    release = release_guard.guard(component.id, attachments, configuration)
    build = plan_build(component, attachments, given, release)
    told: dict[str, Value] = dict(build.variables)
    if build.releases:
        told[release_guard.VARIABLE] = release.value if given.image(component) else release.read
    configuration = configuration.adding(told)
    return App(
        component,
        given.host(component),
        build.buildpacks,
        tuple(dict.fromkeys(hosts)),
        configuration,
        build,
        form(component, build.processes, build.buildpacks, given),
        log_drains(component, given.settings),
        telemetry_drains(component, given.settings),
        given.image(component),
    )
