"""What a module means for people: allowed connections, who gets secrets, and releases."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.docker.layout.settings import ADDRESS
from camp2iac.targets.facts import INTERNET, Contact, Installed, PlatformFacts, Required, Told

_HERE = "the computer that runs the engine"


def of(layout: DockerLayout) -> PlatformFacts:
    """The facts of a module. Nodes are components and services."""
    return PlatformFacts(
        contacts=tuple(_contacts(layout)),
        told=tuple(_told(layout)),
        required=tuple(_required(layout)),
        installed=tuple(_installed(layout)),
    )


def _contacts(layout: DockerLayout) -> Iterator[Contact]:
    """Users of published ports, and links. Containers of one network can also connect without a link."""
    outside = layout.settings.address != ADDRESS
    for port in layout.published:
        source = INTERNET if outside else _HERE
        yield Contact(source, port.component.id, f"{port.protocol.upper()}, port {port.port}", public=outside)
    for id_ in layout.images:
        for link in layout.topology.components[id_].links:
            there = link.callee or link.service
            if there in layout.known.hosts:
                title = layout.topology.services[link.service].product.title
                yield Contact(id_, there, "HTTP" if link.callee else title)


def _told(layout: DockerLayout) -> Iterator[Told]:
    """Passwords, and the secrets of the plan that components get."""
    for id_ in layout.services:
        if id_ in layout.known.generated:
            yield Told("password", id_)
    for id_ in layout.images:
        for link in layout.topology.components[id_].links:
            if link.service in layout.known.generated and link.service in layout.services:
                yield Told("password", link.service, id_)


def _required(layout: DockerLayout) -> Iterator[Required]:
    """The number of containers."""
    first = most = len(layout.balancers)
    for workload in layout.workloads:
        scale = workload.scale
        first += scale.value.initial if scale is not None else 1
        most += scale.value.maximum if scale is not None else 1
    yield Required("containers", first, most)


def _installed(layout: DockerLayout) -> Iterator[Installed]:
    """The releases of services."""
    for id_, container in layout.services.items():
        if container.release is not None:
            yield Installed(container.service.product.title, str(container.release), id_)
