"""What a module means for people: allowed connections, who gets secrets, and releases."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.containers.layout.workloads import WEB
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.docker.layout.settings import ADDRESS
from camp2iac.targets.facts import (
    INTERNET,
    Contact,
    Installed,
    PlatformEntry,
    PlatformFacts,
    PlatformPart,
    Required,
    Told,
)

_HERE = "the computer that runs the engine"


def of(layout: DockerLayout) -> PlatformFacts:
    """The facts of a module. Nodes are components and services."""
    return PlatformFacts(
        contacts=tuple(_contacts(layout)),
        told=tuple(_told(layout)),
        required=tuple(_required(layout)),
        installed=tuple(_installed(layout)),
        parts=tuple(_parts(layout)),
        entries=tuple(_entries(layout)),
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


def _parts(layout: DockerLayout) -> Iterator[PlatformPart]:
    """The containers of processes, and the images of services."""
    for workload in layout.workloads:
        component, process = workload.component, workload.statement
        if component is None:
            yield PlatformPart(
                "service", workload.service.id, f"container {layout.services[workload.service.id].image}"
            )
        elif not (workload.once or workload.schedule):
            first, most = (workload.scale.value.minimum, workload.scale.value.maximum) if workload.scale else (1, 1)
            words = f"{first} to {most} containers" if first < most else f"{most} container{'s' if most > 1 else ''}"
            own = workload.process == WEB or (process is not None and process.on)
            named = words if own else f"{workload.process}: {words}"
            yield PlatformPart("component", component.id, named, workload.process, scale=True)


def _entries(layout: DockerLayout) -> Iterator[PlatformEntry]:
    """The published ports, and the load balancers through which components call others."""
    who = _HERE if layout.settings.address == ADDRESS else INTERNET
    for port in layout.published:
        what = f"{port.protocol.upper()} {port.port}"
        yield PlatformEntry("component", port.component.id, what, (who,), *_through(layout, port.workload.id))
    for id_, balancer in layout.balancers.items():
        callee = balancer.workload.component
        if callee is not None:
            users = (each for each in layout.topology.components.values() if each.id in layout.images)
            callers = tuple(each.id for each in users if any(link.callee == callee.id for link in each.links))
            yield PlatformEntry("component", callee.id, "", (), *_through(layout, id_), callers)


def _through(layout: DockerLayout, workload: str) -> tuple[str, str]:
    """What is in front of a workload, and its id."""
    return ("HAProxy container", workload) if workload in layout.balancers else ("", "")
