"""Registries of container images that need a login: ``registries`` in the environment file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record
from camp2iac.targets.base import Environment
from camp2iac.topology import images
from camp2iac.topology.model import Component


class Registry(Record, frozen=True):
    """A registry, and the user who pulls images from it. The password is a variable of the module."""

    host: str
    user: str

    @property
    def variable(self) -> str:
        """The variable with the password. No two hosts have the same: their names have no underscore."""
        return f"registry_password_{re.sub('[^a-z0-9-]', '_', self.host)}"


def read(raw: Mapping[str, Mapping[str, Any]]) -> dict[str, Registry]:
    """The registries by host name, sorted."""
    found = {images.registry_of(host): str(given["user"]) for host, given in raw.items()}
    return {host: Registry(host, found[host]) for host in sorted(found)}


def unused(environment: Environment, components: Iterable[Component]) -> Iterator[Diagnostic]:
    """CAMP230: a registry that no image of the plan comes from."""
    names = [image for each in components if (image := images.of(each)) is not None]
    used = sorted({image.registry for image in names})
    for host in environment.get("registries", default={}):
        if images.registry_of(str(host)) not in used:
            yield Diagnostic(
                "CAMP230",
                f"no image of the plan comes from this registry: {host}",
                environment.key_span("registries", str(host)),
                label="this has no effect",
                notes=(f"the images come from {listed(used)}",) if used else (),
                help="write the host name and the port as in the image's name, or remove it",
            )
