"""The settings in the environment file. ``checks`` find errors in them."""

from __future__ import annotations

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.targets.base import Environment
from camp2iac.topology.model import Component, Service

ADDRESS = "127.0.0.1"


class DockerSettings(Record, frozen=True):
    """Values from the environment file, or defaults, which have no span."""

    environment: Environment

    @property
    def file(self) -> str:
        """The name of the environment file in fixes."""
        return self.environment.file or "an environment file"

    @property
    def engine(self) -> str | None:
        """The address of the engine. None: that of ``DOCKER_HOST``, or the local one."""
        found = self.environment.get("engine")
        return None if found is None else str(found)

    @property
    def address(self) -> str:
        """The address that published ports listen on."""
        return str(self.environment.get("address", default=ADDRESS))

    def port(self, component: Component) -> tuple[int | None, Span | None]:
        """The port of a component on the computer that runs the engine, and its place."""
        for name in (component.id, component.name):
            if (found := self.environment.get("ports", name)) is not None:
                return int(found), self.environment.span("ports", name)
        return None, None

    def image(self, service: Service) -> tuple[str | None, Span | None]:
        """The image that the environment file names for a service, and its place."""
        found = self.environment.get("images", service.id)
        return (None if found is None else str(found)), self.environment.span("images", service.id)
