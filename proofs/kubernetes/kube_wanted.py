"""What must be in the namespace, derived from the topology and the environment file without any code of the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kube_state import OUTSIDE, State, Workload
from kube_ways import Peer

from camp2iac.topology.ids import slug
from camp2iac.topology.model import Component, Scale, Service, Tier, Topology

#: Pods in other namespaces: any of them, such as the Ingress controller, and the cluster's DNS
OTHERS = (
    Peer("other namespaces", {"app": "other"}, "other", {"kubernetes.io/metadata.name": "other"}),
    Peer("dns", {"k8s-app": "kube-dns"}, "kube-system", {"kubernetes.io/metadata.name": "kube-system"}),
)
WEB, RELEASE = "web", "release"


class Wanted:
    """``environment``: the environment file as plain YAML."""

    def __init__(self, topology: Topology, environment: Mapping[str, Any]) -> None:
        self.topology, self.environment = topology, environment
        self.namespace = str(environment.get("namespace") or slug(topology.name))

    @staticmethod
    def others() -> Iterable[Peer]:
        """Peers in other namespaces."""
        return OTHERS

    def state(self, counts: Mapping[str, int] | None = None) -> State:
        """Everything, with this number of replicas in these tiers."""
        return State(
            workloads=dict(self._workloads(counts or {})),
            services=frozenset(self._services()),
            doors=frozenset(self._doors()),
            ways=frozenset(self._ways()),
            scales=dict(self._scales()),
        )

    def variables(self) -> dict[str, tuple[int, int]]:
        """The variables that scale, to the number of replicas at first and at most."""
        found = {}
        for id_, tier in self.topology.tiers.items():
            if tier.scale and tier.scale.value.maximum > 1:
                found[self._variable(id_)] = (self.count(tier), tier.scale.value.maximum)
        return found

    def tiers_by_variable(self) -> dict[str, str]:
        """Variable to tier."""
        return {self._variable(id_): id_ for id_ in self.topology.tiers}

    @staticmethod
    def _variable(tier: str) -> str:
        return f"{slug(tier).replace('-', '_')}_count"

    def count(self, tier: Tier) -> int:
        """The number of replicas at first."""
        said = tier.scale.value if tier.scale else Scale(1, 1, 1)
        return int((self.environment.get("scale") or {}).get(tier.id, said.initial))

    # ---- names -----------------------------------------------------------------------------------

    def inside(self) -> dict[str, Service]:
        """The services that run in the cluster on their own: no component runs on them."""
        return {
            id_: service
            for id_, service in self.topology.services.items()
            if service.href is None and service.product.role == "service"
        }

    def service_name(self, id_: str) -> str:
        """The name of what runs a service."""
        name = slug(id_)
        return f"{name}-service" if name in {slug(each) for each in self.topology.components} else name

    def processes(self, component: Component) -> Iterator[tuple[str, str, str]]:
        """Name, type and tier of each process."""
        name = slug(component.id)
        stated = {each.type: each.on or component.tier for each in component.processes}
        if not stated:
            stated = {WEB: component.tier}
        for type_, tier in stated.items():
            yield (name if type_ == WEB else f"{name}-{slug(type_)}"), type_, tier

    def names_of(self, component: Component) -> list[str]:
        """The names of everything that runs a component's code."""
        found = [name for name, _, _ in self.processes(component)]
        return found + [f"{slug(component.id)}-{slug(each.name)}" for each in component.schedules]

    def port(self, component: Component) -> int:
        """Where its web process listens."""
        for exposure in component.exposures:
            if exposure.port:
                return exposure.port.value
        option = component.options.get("port")
        if option and option.value.literal:
            return int(option.value.literal)
        return self.topology.services[component.host].product.port or 80

    # ---- parts -----------------------------------------------------------------------------------

    def _workloads(self, counts: Mapping[str, int]) -> Iterator[tuple[str, Workload]]:
        tiers = self.topology.tiers
        for id_, service in self.inside().items():
            tier = tiers[service.tier]
            claims = {each.value.name: each.value.size for each in tier.volumes}
            kind = "StatefulSet" if claims else "Deployment"
            yield self.service_name(id_), Workload(kind, counts.get(tier.id, self.count(tier)), claims)
        for component in self.topology.components.values():
            for name, type_, on in self.processes(component):
                tier = tiers[on]
                if type_ == RELEASE:
                    yield name, Workload("Job")
                    continue
                mine = not any(id_ in self.inside() for id_ in tier.services)
                claims = {each.value.name: each.value.size for each in tier.volumes if mine}
                kind = "StatefulSet" if claims and type_ == WEB else "Deployment"
                yield name, Workload(kind, counts.get(on, self.count(tier)), claims)
            for schedule in component.schedules:
                name = f"{slug(component.id)}-{slug(schedule.name)}"
                yield name, Workload("CronJob", 1, {}, f"{schedule.at} {schedule.zone}")

    def _services(self) -> Iterator[str]:
        for id_, service in self.inside().items():
            name = self.service_name(id_)
            if port := service.product.port:
                yield f"{name} {port} -> {name} {port}"
        for component in self.topology.components.values():
            for name, type_, _ in self.processes(component):
                if type_ == WEB:
                    port = self.port(component)
                    yield f"{name} {port} -> {name} {port}"

    def _public(self) -> Iterator[tuple[Component, int, tuple[str, ...], bool]]:
        """Component, port, hosts and TLS of each public endpoint."""
        components = self.topology.components.values()
        silent = not any(each.exposures for each in components)
        for each in components:
            for exposure in each.exposures:
                if exposure.public and exposure.public.value:
                    port = exposure.port.value if exposure.port else self.port(each)
                    hosts = exposure.hosts.value if exposure.hosts else ()
                    yield each, port, hosts, bool(exposure.tls and exposure.tls.value)
            if silent and self.topology.services[each.host].product.port and not self.topology.users(each.host):
                yield each, self.port(each), (), False

    def _doors(self) -> Iterator[str]:
        domain = self.environment.get("domain")
        for component, port, hosts, tls in self._public():
            name = slug(component.id)
            for host in hosts or ([f"{name}.{domain}"] if domain else ["*"]):
                yield f"{host} / -> {name} {port}{' with TLS' if tls else ''}"

    def _scales(self) -> Iterator[tuple[str, tuple[int, int]]]:
        if self.environment.get("autoscale") is False:
            return
        for component in self.topology.components.values():
            for name, type_, on in self.processes(component):
                tier = self.topology.tiers[on]
                scale = tier.scale.value if tier.scale else Scale(1, 1, 1)
                asks = tier.compute is not None and tier.compute.value.cores is not None
                if type_ != RELEASE and scale.minimum < scale.maximum and asks and not tier.volumes:
                    yield name, (scale.minimum, scale.maximum)

    def _ways(self) -> Iterator[str]:
        """The graph of links and exposures. Names are looked up and the outside is reached by everything."""
        everything = list(dict(self._workloads({})))
        for name in everything:
            yield from (f"{name} -> dns {protocol} 53" for protocol in ("tcp", "udp"))
        for component in self.topology.components.values():
            for name in self.names_of(component):
                for link in component.links:
                    yield from self._link(name, component, link.callee, link.service)
        for component, port, _, _ in self._public():
            for source in (OUTSIDE, *(each.name for each in OTHERS)):
                yield f"{source} -> {slug(component.id)} tcp {port}"

    def _link(self, name: str, component: Component, callee: str, service: str) -> Iterator[str]:
        if callee:
            if callee != component.id:
                there = self.topology.components[callee]
                yield f"{name} -> {slug(callee)} tcp {self.port(there)}"
        elif service in self.inside():
            yield f"{name} -> {self.service_name(service)} tcp {self.topology.services[service].product.port}"
