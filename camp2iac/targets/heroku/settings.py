"""The environment file as the Heroku target understands it, and what is wrong with it beyond its schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.targets.base import Environment, Remedy
from camp2iac.targets.heroku import names, tables
from camp2iac.topology.model import Component, Topology

DEFAULT_REGION = "us"


@dataclass(frozen=True, slots=True)
class Settings:
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
        return str(self.environment.get("stack", default=tables.stack()))

    @property
    def space(self) -> str | None:
        """The Private Space, if there is one."""
        space: str | None = self.environment.get("space")
        return space

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

    def _per_process(
        self, key: str, component: Component, process: str, whole: bool = True
    ) -> tuple[Any, Span | None]:
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

    def of(self, key: str, component: Component) -> tuple[Any, ...]:
        """A list of the environment: ``buildpacks``, ``domains``, ``drains``."""
        return tuple(self.environment.get(key, component.id) or self.environment.get(key, component.name) or ())

    def remedy(self, write: str, text: str, *path: str) -> Remedy:
        """Something to write into the environment file, at the place of ``path`` where that is there already."""
        return Remedy(text, write, self.environment.span(*path), self.environment.file or "")

    def _span(self, key: str, *names_: str) -> Span | None:
        return next((span for name in names_ if (span := self.environment.span(key, name))), None)


def check(settings: Settings, diagnostics: Diagnostics) -> None:
    """Collects what is wrong: unknown names (CAMP615), a space without a team or region (CAMP619)."""
    topology, environment = settings.topology, settings.environment
    components = _names(topology.components.values())
    processes = {p.type for c in topology.components.values() for p in c.processes} | {"web", "worker", "clock"}
    alone = processes if len(components) == len(topology.components) == 1 or len(topology.components) == 1 else set()
    for key, known, what in (
        ("apps", components, "component"),
        ("dynos", components | alone, "component"),
        ("processes", components | alone, "component"),
        ("variables", components, "component"),
        ("buildpacks", components, "component"),
        ("domains", components, "component"),
        ("drains", components, "component"),
        ("addons", set(topology.services), "service"),
    ):
        node = environment.values.get(key)
        for name in node.entries if isinstance(node, YamlMapping) else ():
            if isinstance(node, YamlMapping) and name not in known:
                diagnostics.add(_unknown(node.key(name).span, key, name, known, what, settings))
    if settings.space and not environment.get("team"):
        diagnostics.add(
            Diagnostic(
                "CAMP619",
                f"the space {settings.space} is named, but not the team that it belongs to",
                environment.span("space"),
                label="a space belongs to a team",
                notes=("without a team, Heroku would make the apps outside of the space",),
                help="add  team: NAME",
            )
        )
    elif settings.space and environment.get("region") is None:
        diagnostics.add(
            Diagnostic(
                "CAMP619",
                f"the space {settings.space} is named, but not its region",
                environment.span("space"),
                label="apps in a space are in its region",
                help="add for example  region: dublin",
            )
        )


def _names(components: Iterable[Component]) -> set[str]:
    return {name for component in components for name in (component.id, component.name)}


def _unknown(span: Span, key: str, name: str, known: set[str], what: str, settings: Settings) -> Diagnostic:
    best = nearest(name, sorted(known))
    ids = sorted(known & {*settings.topology.components, *settings.topology.services})
    return Diagnostic(
        "CAMP615",
        f"{key} names a {what} that is not in this plan: {name}",
        span,
        label=f"no {what} has this name",
        help=f"write  {best}:" if best else f"the plan has {choices(name, ids)}" if ids else f"the plan has no {what}",
    )
