"""The settings in the environment file. ``checks`` find errors in them."""

from __future__ import annotations

from typing import Literal, cast

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.targets.base import Environment
from camp2iac.topology.model import Component, Service

Routing = Literal["ingress", "gateway", "route"]


class KubernetesSettings(Record, frozen=True):
    """Values from the environment file, or defaults, which have no span."""

    environment: Environment

    def text(self, *path: str) -> str:
        """A string; empty: not set."""
        found = self.environment.get(*path)
        return "" if found is None else str(found)

    @property
    def file(self) -> str:
        """The name of the environment file in fixes."""
        return self.environment.file or "an environment file"

    @property
    def creates_namespace(self) -> bool:
        """Whether Terraform creates the namespace."""
        return bool(self.environment.get("create_namespace", default=True))

    @property
    def builds(self) -> bool:
        """Whether Terraform builds the images of components, and pushes them."""
        return bool(self.environment.get("build", default=False))

    @property
    def registry(self) -> str:
        """The registry for images of components, and the folder in it. Empty: the environment file names none."""
        return self.text("registry")

    @property
    def routing(self) -> Routing:
        """How users reach public components."""
        return cast(Routing, str(self.environment.get("routing", default="ingress")))

    @property
    def autoscale(self) -> bool:
        """Whether an autoscaler chooses the number of pods."""
        return bool(self.environment.get("autoscale", default=True))

    @property
    def certified(self) -> bool:
        """Whether the environment file says where certificates come from."""
        return bool(self.text("tls", "secret") or self.text("tls", "issuer"))

    @property
    def operators(self) -> tuple[str, ...]:
        """The names of operators that the cluster has."""
        found = self.environment.get("operators", default=())
        return tuple(map(str, found)) if isinstance(found, list | tuple) else ()

    def user(self, node: Component | Service) -> int | None:
        """The number of the user that an image runs as."""
        found = self.environment.get("users", node.id)
        return None if found is None else int(found)

    def image(self, service: Service) -> tuple[str | None, Span | None]:
        """The image that the environment file names for a service, and its place."""
        found = self.environment.get("images", service.id)
        return (None if found is None else str(found)), self.environment.span("images", service.id)
