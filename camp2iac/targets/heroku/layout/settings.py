"""The settings in the environment file. ``checks`` find errors in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camp2iac.diagnostics import Fix, Span
from camp2iac.record import Record
from camp2iac.targets import registries
from camp2iac.targets.base import Environment
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.registries import Registry
from camp2iac.topology.model import Component, Topology

DEFAULT_REGION = "us"


class HerokuSettings(Record, frozen=True):
    """Values from the environment file, or defaults, which have no span."""

    environment: Environment
    topology: Topology

    @property
    def file(self) -> str:
        """The name of the environment file in fixes."""
        return self.environment.file or "an environment file"

    @property
    def region(self) -> str:
        """The region of the apps."""
        return str(self.environment.get("region", default=DEFAULT_REGION))

    @property
    def stack(self) -> str:
        """The operating system of dynos."""
        return str(self.environment.get("stack", default=offers.STACK))

    @property
    def registries(self) -> Mapping[str, Registry]:
        """The registries of images that need a login, by host name."""
        return registries.read(self.environment.get("registries", default={}))

    @property
    def space(self) -> str | None:
        """The name of the Private Space. None: the Common Runtime."""
        space = self.environment.get("space")
        name: str | None = space["name"] if isinstance(space, dict) else space
        return name

    @property
    def new_space(self) -> Mapping[str, Any] | None:
        """The properties of a space that the module creates. None if the space exists, or there is none."""
        space = self.environment.get("space")
        return space if isinstance(space, dict) and space.get("create") else None

    @property
    def generation(self) -> str:
        """``cedar`` or ``fir``. Apps have the generation of their space."""
        space = self.environment.get("space")
        return str(space.get("generation", "cedar")) if isinstance(space, dict) else "cedar"

    @property
    def fir(self) -> bool:
        """Whether apps have cloud native buildpacks and OpenTelemetry, and no stack, log drains or internal routing."""
        return self.generation == "fir"

    @property
    def sizes(self) -> str:
        """The key of the table of dyno sizes."""
        return "fir" if self.fir else self.runtime or "common"

    @property
    def runtime(self) -> str:
        """Which sizes and plans apps may have: ``private``, ``shield``, or empty for the Common Runtime."""
        space = self.environment.get("space")
        return "shield" if isinstance(space, dict) and space.get("shield") else "private" if self.space else ""

    def extras(self, component: Component) -> tuple[Mapping[str, Any], ...]:
        """Add-ons that the plan does not ask for, each ``{plan, config}``, sorted by plan."""
        given = self.list_of("extras", component)
        extras = [each if isinstance(each, dict) else {"plan": each} for each in given]
        return tuple(sorted(extras, key=lambda each: str(each["plan"])))

    def autoscaled(self, component: Component) -> bool:
        """Whether Heroku's own autoscaling sets the number of its web dynos."""
        return bool({component.id, component.name} & set(self.environment.get("autoscaled", default=())))

    def app_name(self, component: Component) -> tuple[str | None, str, Span | None]:
        """The default name of a component's app (None if not set), its key in the environment file, and its place.

        ``apps`` names one app. ``app`` and ``name`` are the name of the only app, or the beginning of all names.
        """
        if given := self.environment.get("apps", component.id) or self.environment.get("apps", component.name):
            return str(given), "apps", self._span("apps", component.id, component.name)
        for key in ("app", "name"):
            if given := self.environment.get(key):
                alone = len(self.topology.components) == 1
                name = str(given) if alone else f"{given}-{component.id}"
                return names.app_name(name), key, self.environment.span(key)
        return None, "", None

    def dyno(self, component: Component, process: str) -> tuple[str | None, Span | None]:
        """The dyno size of a process type in the environment file, and its place."""
        size, span = self._per_process("dynos", component, process)
        return (str(size).lower() if size is not None else None), span

    def count(self, component: Component, process: str) -> int | None:
        """The number of dynos of a process type other than the main one, at the start. None if not set."""
        count, _ = self._per_process("processes", component, process, False)
        return int(count) if count is not None else None

    def count_place(self, component: Component, process: str) -> Span | None:
        """The place of the number of dynos of a process type. None if not set."""
        return self._per_process("processes", component, process, False)[1]

    def _per_process(self, key: str, component: Component, process: str, whole: bool = True) -> tuple[Any, Span | None]:
        by_process = self.by_process(key, component)
        for name in dict.fromkeys((component.id, component.name)):
            given = self.environment.get(key, name)
            if isinstance(given, dict) and process in given:
                return given[process], self.environment.span(key, name, process)
            if given is not None and not isinstance(given, dict) and whole and not by_process:
                return given, self.environment.span(key, name)
        if by_process or (self.alone and not whole):
            given = self.environment.get(key, process)
            if given is not None and not isinstance(given, dict):
                return given, self.environment.span(key, process)
        return None, None

    @property
    def alone(self) -> bool:
        """Whether the plan has only one component, whose process types can be keys themselves."""
        return len(self.topology.components) == 1

    def by_process(self, key: str, component: Component) -> bool:
        """Whether the keys of ``dynos`` or ``processes`` are process types: some is not the only component's name."""
        return self.alone and any(
            name not in (component.id, component.name) for name in self.environment.get(key) or ()
        )

    def addon(self, service: str) -> tuple[str | None, Span | None]:
        """The add-on of a service, ``heroku-postgresql:essential-0``, and its place."""
        given = self.environment.get("addons", service)
        if isinstance(given, dict):
            return given.get("plan"), self.environment.span("addons", service, "plan")
        return given, self.environment.span("addons", service)

    def owner(self, service: str) -> str | None:
        """The component whose app owns the add-on of a service. None if not set."""
        given = self.environment.get("addons", service)
        return given.get("owner") if isinstance(given, dict) else None

    def variables(self, component: Component) -> Mapping[str, Any]:
        """Configuration variables: a string, ``{url: COMPONENT}``, ``{host: COMPONENT}`` or ``{variable: NAME}``."""
        return {
            **self.environment.get("variables", component.name, default={}),
            **self.environment.get("variables", component.id, default={}),
        }

    def list_of(self, key: str, component: Component) -> tuple[Any, ...]:
        """A component's list in the environment file, such as ``buildpacks``, ``domains`` or ``drains``."""
        return tuple(self.environment.get(key, component.id) or self.environment.get(key, component.name) or ())

    def fix(self, write: str, text: str, note: str, *path: str) -> Fix:
        """What to write into the environment file: ``text`` replaces the value at ``path`` if there is one."""
        return Fix(write, self.environment.span(*path), text, file=self.environment.file or "", note=note)

    def _span(self, key: str, *names_: str) -> Span | None:
        return next((span for name in names_ if (span := self.environment.span(key, name))), None)
