"""What a module means for people: allowed connections, who gets secrets, and releases."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.containers.layout.workloads import WEB, Workload
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
from camp2iac.targets.kubernetes.layout.contacts import AllowedContact
from camp2iac.targets.kubernetes.layout.ends import PublicEnd
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout

_WAYS = {"ingress": "Ingress", "gateway": "HTTPRoute", "route": "Route"}
_INSIDE = "all pods of the cluster"


def of(layout: KubernetesLayout) -> PlatformFacts:
    """The facts of a module. Nodes are components and services."""
    return PlatformFacts(
        contacts=tuple(dict.fromkeys(_contacts(layout))),
        told=tuple(_told(layout)),
        required=tuple(_required(layout)),
        installed=tuple(_installed(layout)),
        parts=tuple(_parts(layout)),
        entries=tuple(_entries(layout)),
    )


def _contacts(layout: KubernetesLayout) -> Iterator[Contact]:
    """Users of public endpoints, and what the policies allow."""
    workloads = {each.id: each for each in layout.workloads}
    for end in layout.ends:
        yield Contact(INTERNET, end.component.id, _port(end), public=True)
    public = {(end.workload.id, end.listen) for end in layout.ends}
    for each in layout.contacts:
        if each.kind == "anywhere" and (each.destination, each.first) in public:
            continue
        yield _allowed(each, workloads)


def _allowed(contact: AllowedContact, workloads: dict[str, Workload]) -> Contact:
    there = workloads[contact.destination].node
    last = f" to {contact.last}" if contact.last != contact.first else ""
    what = f"{contact.protocol} {contact.first}{last}"
    match contact.kind:
        case "anywhere":
            return Contact(_INSIDE, there, what)
        case "parameter":
            return Contact(contact.source, there, what, kind="parameter")
        case "operator":
            return Contact(contact.source, there, what)
        case "itself":
            return Contact(there, there, what)
        case "workload":
            return Contact(workloads[contact.source].node, there, what)
    return Contact(contact.source, there, what)


def _port(end: PublicEnd) -> str:
    if not end.routed:
        return f"{end.protocol.upper()} {end.port}"
    return "HTTPS 443" if end.tls else "HTTP 80"


def _told(layout: KubernetesLayout) -> Iterator[Told]:
    """Passwords, and the secrets of the plan that components get."""
    for id_ in layout.services:
        if id_ in layout.known.generated:
            yield Told("password", id_)
    for id_ in layout.images:
        for link in layout.topology.components[id_].links:
            if link.service in layout.known.generated and link.service in layout.services:
                yield Told("password", link.service, id_)


def _required(layout: KubernetesLayout) -> Iterator[Required]:
    """The number of pods that run all the time."""
    first = most = 0
    for workload in layout.workloads:
        if not (workload.once or workload.schedule):
            scale = layout.numbers(workload.tier)
            first += scale.initial if scale is not None else 1
            most += scale.maximum if scale is not None else 1
    yield Required("pods", first, most)


def _installed(layout: KubernetesLayout) -> Iterator[Installed]:
    """The releases of services."""
    for id_, container in layout.services.items():
        if container.release is not None:
            yield Installed(container.service.product.title, str(container.release), id_)


def _parts(layout: KubernetesLayout) -> Iterator[PlatformPart]:
    """The pods of processes, and the images of services."""
    for workload in layout.workloads:
        component, process = workload.component, workload.statement
        if component is None and workload.once:
            continue
        if component is None:
            image = layout.services[workload.service.id].image
            yield PlatformPart("service", workload.service.id, f"{layout.kind(workload)} {image}")
        elif not (workload.once or workload.schedule):
            scale = layout.numbers(workload.tier)
            first, most = (scale.minimum, scale.maximum) if scale is not None else (1, 1)
            words = f"{first} to {most} pods" if first < most else f"{most} pod{'s' if most > 1 else ''}"
            own = workload.process == WEB or (process is not None and process.on)
            named = words if own else f"{workload.process}: {words}"
            yield PlatformPart("component", component.id, named, workload.process, scale=True)


def _entries(layout: KubernetesLayout) -> Iterator[PlatformEntry]:
    """The public endpoints, and what is in front of them."""
    for end in layout.ends:
        way = _WAYS[layout.settings.routing] if end.routed else "load balancer"
        yield PlatformEntry("component", end.component.id, _port(end), (INTERNET,), way, end.name)
