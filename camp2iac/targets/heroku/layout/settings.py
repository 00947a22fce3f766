"""The environment file as the Heroku target understands it. What is wrong with it: ``checks``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.targets.base import Environment, Remedy
from camp2iac.targets.heroku.layout import names, offers
from camp2iac.topology.model import Component, Topology

DEFAULT_REGION = "us"


class HerokuSettings(Record, frozen=True):
    """Answers from the environment file; defaults where it is silent. Spans are None where it is."""

    environment: Environment
    topology: Topology

    @property
    def file(self) -> str:
        """How remedies call the environment file."""
        return self.environment.file or "an environment file"

    @property
    def region(self) -> str:
        """Where apps run."""
        return str(self.environment.get("region", default=DEFAULT_REGION))

    @property
    def stack(self) -> str:
        """The operating system of dynos."""
        return str(self.environment.get("stack", default=offers.stack()))

    @property
    def space(self) -> str | None:
        """The name of the Private Space, if there is one."""
        space = self.environment.get("space")
        name: str | None = space["name"] if isinstance(space, dict) else space
        return name

    @property
    def new_space(self) -> Mapping[str, Any] | None:
        """What the space is to be like where it is made here; None where it is there already, or there is none."""
        space = self.environment.get("space")
        return space if isinstance(space, dict) and space.get("create") else None

    @property
    def generation(self) -> str:
        """``cedar``, or ``fir`` where the space says so: apps are of the generation of their space."""
        space = self.environment.get("space")
        return str(space.get("generation", "cedar")) if isinstance(space, dict) else "cedar"

    @property
    def fir(self) -> bool:
        """Cloud native buildpacks, OpenTelemetry; no stack, log drains or internal routing."""
        return self.generation == "fir"

    @property
    def sizes(self) -> str:
        """Which dyno sizes there are: a key of the table."""
        return "fir" if self.fir else "private" if self.space else "common"

    def extras(self, component: Component) -> tuple[Mapping[str, Any], ...]:
        """Add-ons that the plan does not ask for, each ``{plan, config}``, by plan."""
        given = self.list_of("extras", component)
        extras = [each if isinstance(each, dict) else {"plan": each} for each in given]
        return tuple(sorted(extras, key=lambda each: str(each["plan"])))

    def autoscaled(self, component: Component) -> bool:
        """Whether Heroku's own autoscaling is to decide the number of its web dynos."""
        return bool({component.id, component.name} & set(self.environment.get("autoscaled", default=())))

    def app_name(self, component: Component) -> tuple[str | None, str, Span | None]:
        """The default name of a component's app (None: nobody decided), the environment's key, and its place.

        ``apps`` names one app, ``app`` the only one or the beginning of all, and so does ``name``.
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
        """The dyno size of a process type: what the environment says, and where."""
        size, span = self._per_process("dynos", component, process)
        return (str(size).lower() if size is not None else None), span

    def count(self, component: Component, process: str) -> int | None:
        """How many dynos run a process type other than the main one, None: nobody decided."""
        count, _ = self._per_process("processes", component, process, False)
        return int(count) if count is not None else None

    def _per_process(self, key: str, component: Component, process: str, whole: bool = True) -> tuple[Any, Span | None]:
        for name in dict.fromkeys((component.id, component.name)):
            given = self.environment.get(key, name)
            if isinstance(given, dict):
                return given.get(process), self.environment.span(key, name, process)
            if given is not None and whole:
                return given, self.environment.span(key, name)
        if len(self.topology.components) == 1 and process not in (component.id, component.name):
            given = self.environment.get(key, process)
            if given is not None and not isinstance(given, dict):
                return given, self.environment.span(key, process)
        return None, None

    def addon(self, service: str) -> tuple[str | None, Span | None]:
        """The add-on of a service, ``heroku-postgresql:essential-0``, and where it is named."""
        given = self.environment.get("addons", service)
        if isinstance(given, dict):
            return given.get("plan"), self.environment.span("addons", service, "plan")
        return given, self.environment.span("addons", service)

    def owner(self, service: str) -> str | None:
        """The component whose app is to own the add-on of a service."""
        given = self.environment.get("addons", service)
        return given.get("owner") if isinstance(given, dict) else None

    def variables(self, component: Component) -> Mapping[str, Any]:
        """Configuration variables by name: a text, or ``{url: COMPONENT}``, ``{host: COMPONENT}``."""
        return {
            **self.environment.get("variables", component.name, default={}),
            **self.environment.get("variables", component.id, default={}),
        }

    def list_of(self, key: str, component: Component) -> tuple[Any, ...]:
        """A list of the environment: ``buildpacks``, ``domains``, ``drains``."""
        return tuple(self.environment.get(key, component.id) or self.environment.get(key, component.name) or ())

    def remedy(self, write: str, text: str, *path: str) -> Remedy:
        """Something to write into the environment file, at the place of ``path`` where that is there already."""
        return Remedy(text, write, self.environment.span(*path), self.environment.file or "")

    def _span(self, key: str, *names_: str) -> Span | None:
        return next((span for name in names_ if (span := self.environment.span(key, name))), None)
