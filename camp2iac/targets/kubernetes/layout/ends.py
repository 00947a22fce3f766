"""Where users connect: a host and a path for HTTP, a load balancer of the cluster for other protocols."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.record import Record, replace
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import exposures, passed, paths
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.settings import KubernetesSettings
from camp2iac.topology.model import Component, Exposure, Topology

_USUAL = 80


class PublicEnd(Record, frozen=True):
    """An endpoint for users.

    ``name``: of its Ingress, HTTPRoute, Route or Service. ``listen``: the port of the pods. ``port``: where users
    connect. ``hosts``: empty: any. ``exposure``: None if the component is public by default. ``output``: its name.
    ``asks``: its host is a name in the domain that the operator gives, because there are several without hosts.
    """

    name: str
    workload: Workload
    component: Component
    exposure: Exposure | None
    protocol: str
    listen: int
    port: int
    hosts: tuple[str, ...]
    tls: bool
    path: str
    output: str
    asks: bool = False

    @property
    def routed(self) -> bool:
        """Whether a host and a path lead to it."""
        return self.protocol == "http"

    @property
    def label(self) -> str:
        """Its name in Terraform's addresses."""
        return names.identifier(self.name)


def public(
    topology: Topology, workloads: Mapping[str, Workload], ports: Mapping[str, int], settings: KubernetesSettings
) -> tuple[PublicEnd, ...]:
    """The endpoints for users. ``workloads``: those that answer for a component."""
    found: list[PublicEnd] = []
    for component, exposure in _exposed(topology):
        workload = workloads.get(component.id)
        if workload is None:
            continue
        first = all(each.component.id != component.id for each in found)
        listen = exposure.port.value if exposure and exposure.port else ports.get(component.id, _USUAL)
        protocol = exposure.protocol if exposure else "http"
        ending = "" if first else f"-{listen}"
        given = exposure.hosts.value if exposure and exposure.hosts else ()
        domain = settings.text("domain")
        name = names.shortened(workload.id, names.MOST - 6) + ending
        alone = len(topology.services[component.host].components) == 1
        stem = f"{names.identifier(component.id)}_url"
        found.append(
            PublicEnd(
                name if protocol == "http" else f"{name}-public",
                workload,
                component,
                exposure,
                protocol,
                listen,
                exposure.outside.value if exposure and exposure.outside else listen,
                tuple(given) or ((f"{name}.{domain}",) if domain and protocol == "http" else ()),
                protocol == "http" and _secure(exposure, settings),
                paths.below(component, "" if alone else component.id),
                stem if first else f"{stem}_{listen}",
            )
        )
    bare = [each for each in found if each.routed and not each.hosts]
    return tuple(replace(each, asks=len(bare) > 1 and each in bare) for each in found)


def proxied(topology: Topology) -> frozenset[str]:
    """The components that are reached only through a proxy that sets X-Forwarded-For.

    It is the cluster's, which leads a host and a path to them, or a load balancer product of the plan.
    """
    public: dict[str, set[str]] = {}
    for component, exposure in _exposed(topology):
        public.setdefault(component.id, set()).add(exposure.protocol if exposure else "http")
    members = passed.members(topology)
    return frozenset(
        id_
        for id_, component in topology.components.items()
        if (public[id_] == {"http"} if id_ in public else component.tier in members)
    )


def _secure(exposure: Exposure | None, settings: KubernetesSettings) -> bool:
    """Whether users connect with TLS: as the plan says, otherwise if there is a certificate."""
    if exposure is not None and exposure.tls is not None:
        return exposure.tls.value
    return settings.certified


def _exposed(topology: Topology) -> Iterator[tuple[Component, Exposure | None]]:
    by_default = exposures.implied(topology)
    for component in topology.components.values():
        for exposure in component.exposures:
            if exposure.public is not None and exposure.public.value:
                yield component, exposure
        if component.id in by_default:
            yield component, None
