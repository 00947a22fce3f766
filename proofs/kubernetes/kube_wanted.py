"""What must be in the namespace, derived from the topology and the environment file without any code of the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import ip_network
from typing import Any

from kube_state import ADDRESSES, OUTSIDE, State, Workload
from kube_ways import Peer

from camp2iac.topology.cron import Cron
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Component, Exposure, Process, Scale, Service, Tier, Topology

#: Pods in other namespaces: any of them, such as the Ingress controller, and the cluster's DNS
OTHERS = (
    Peer("others", {"app": "other"}, "other", {"kubernetes.io/metadata.name": "other"}),
    Peer("dns", {"k8s-app": "kube-dns"}, "kube-system", {"kubernetes.io/metadata.name": "kube-system"}),
)
#: The pods of an operator, wherever it is, and the software that it runs: https://cloudnative-pg.io/documentation/
OPERATORS = {"cnpg": ("postgresql", Peer("cnpg", {"app.kubernetes.io/name": "cloudnative-pg"}, "cnpg-system"))}
OPERATED_PORTS = (5432, 8000)  # where an operator connects to the pods that it made: the database, and its own agent
WEB, RELEASE = "web", "release"
ONE = Scale(1, 1, 1)


class Wanted:
    """``environment``: the environment file as plain YAML."""

    def __init__(self, topology: Topology, environment: Mapping[str, Any]) -> None:
        self.topology, self.environment = topology, environment
        self.namespace = str(environment.get("namespace") or slug(topology.name))
        self.components = [each for each in topology.components.values() if self._runs(each)]

    def others(self) -> Iterable[Peer]:
        """Peers in other namespaces."""
        return (*OTHERS, *(OPERATORS[each][1] for each in self.environment.get("operators") or ()))

    def operated(self) -> dict[str, str]:
        """The services whose pods an operator creates, and its name."""
        ours = {OPERATORS[each][0]: each for each in self.environment.get("operators") or ()}
        return {id_: ours[each.product.name] for id_, each in self.inside().items() if each.product.name in ours}

    def pods_of_operators(self) -> Iterator[Peer]:
        """Pods that are in no module: an operator labels them with the name of their cluster."""
        for id_ in self.operated():
            name = self.service_name(id_)
            yield Peer(name, {"cnpg.io/cluster": name}, self.namespace)

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
        """The variables that scale, to the number of replicas at first and at most.

        An autoscaler ignores the variable after the first apply.
        """
        by_hand = {tier.id for name, tier in self._tiers() if name not in dict(self._scales())}
        return {
            self._variable(tier): (self.count(tier), scale.maximum)
            for tier in self.topology.tiers.values()
            if tier.id in by_hand and (scale := self.scale(tier)).maximum > 1
        }

    def _tiers(self) -> Iterator[tuple[str, Tier]]:
        """The tier of everything that runs all the time."""
        yield from ((self.service_name(id_), self.topology.tiers[each.tier]) for id_, each in self.inside().items())
        for component in self.components:
            yield from ((name, tier) for name, _, tier in self.processes(component))

    def tiers_by_variable(self) -> dict[str, str]:
        """Variable to tier."""
        return {self._variable(tier): id_ for id_, tier in self.topology.tiers.items()}

    @staticmethod
    def _variable(tier: Tier) -> str:
        return f"{slug(tier.id).replace('-', '_')}_count"

    @staticmethod
    def scale(tier: Tier) -> Scale:
        """The lowest and the highest number of replicas."""
        return tier.scale.value if tier.scale else ONE

    def count(self, tier: Tier) -> int:
        """The number of replicas at first."""
        return int((self.environment.get("scale") or {}).get(tier.id, self.scale(tier).initial))

    # ---- what runs, and its names ----------------------------------------------------------------

    def _runs(self, component: Component) -> bool:
        return self.topology.services[component.host].href is None

    def inside(self) -> dict[str, Service]:
        """The services that have pods of their own: not those without software, which clusters do not have."""
        return {
            id_: service
            for id_, service in self.topology.services.items()
            if service.href is None
            and service.product.role == "service"
            and service.product.port
            and service.tier in self.topology.tiers
        }

    def service_name(self, id_: str) -> str:
        """The name of what runs a service."""
        name = slug(id_)
        return f"{name}-service" if name in map(slug, self.topology.components) else name

    def processes(self, component: Component) -> Iterator[tuple[str, Process | None, Tier]]:
        """Name, process and tier of what runs all the time."""
        name = slug(component.id)
        stated = [each for each in component.processes if each.type != RELEASE]
        if self._web_is_implied(component):
            yield name, None, self.topology.tiers[component.tier]
        for each in stated:
            tier = self.topology.tiers[each.on or component.tier]
            yield (name if each.type == WEB else f"{name}-{slug(each.type)}"), each, tier

    def _web_is_implied(self, component: Component) -> bool:
        """Whether it answers requests, although the plan names no process for it."""
        serves = self.topology.services[component.host].product.port is not None
        named = {each.type for each in component.processes}
        return not named or (serves and WEB not in named)

    def names_of(self, component: Component) -> Iterator[str]:
        """The names of everything that runs a component's code."""
        yield from (name for name, _, _ in self.processes(component))
        yield from (name for name, _ in self._once(component))

    def _once(self, component: Component) -> Iterator[tuple[str, Workload]]:
        name = slug(component.id)
        migrates = self.topology.services[component.host].product.name == "django"
        if migrates or any(each.type == RELEASE for each in component.processes):
            yield f"{name}-{RELEASE}", Workload("Job")
        claims = self._claims(component.host)
        for each in component.schedules:
            at = f"{times(each.at)} {'Etc/UTC' if each.zone == 'UTC' else each.zone}"
            yield f"{name}-{slug(each.name)}", Workload("CronJob", 1, claims, at)

    def _claims(self, service: str) -> dict[str, int]:
        """Name and GiB of the volumes of a service."""
        volumes = self.topology.tiers[self.topology.services[service].tier].volumes
        return {slug(each.value.name): each.value.size for each in volumes if each.subject.id == service}

    def port(self, component: Component) -> int | None:
        """Where its web process listens."""
        for exposure in sorted(component.exposures, key=lambda each: each.protocol != "http"):
            if exposure.port:
                return exposure.port.value
        option = component.options.get("port")
        if option and option.value.literal:
            return int(option.value.literal)
        return self.topology.services[component.host].product.port

    def serves(self, component: Component) -> bool:
        """Whether a process of it answers."""
        return self._web_is_implied(component) or any(each.type == WEB for each in component.processes)

    # ---- parts -----------------------------------------------------------------------------------

    def _workloads(self, counts: Mapping[str, int]) -> Iterator[tuple[str, Workload]]:
        scaled = dict(self._scales()) if counts else {}
        for name, each in self._at(counts):
            yield name, dict(self._at({}))[name] if name in scaled else each

    def _at(self, counts: Mapping[str, int]) -> Iterator[tuple[str, Workload]]:
        for id_, service in self.inside().items():
            tier, claims = self.topology.tiers[service.tier], self._claims(id_)
            replicas = counts.get(tier.id, self.count(tier))
            yield self.service_name(id_), Workload("StatefulSet" if claims else "Deployment", replicas, claims)
            if id_ in self.operated() and service.jobs:
                yield f"{self.service_name(id_)}-load", Workload("Job")
        for component in self.components:
            claims = self._claims(component.host)
            first = next((name for name, each, _ in self.processes(component) if each is None or each.type == WEB), "")
            for name, _, tier in self.processes(component):
                kind = "StatefulSet" if claims and name == first else "Deployment"
                yield name, Workload(kind, counts.get(tier.id, self.count(tier)), claims)
            yield from self._once(component)

    def _services(self) -> Iterator[str]:
        many = {name for name, tier in self._tiers() if self.scale(tier).maximum > 1}
        listed = self.topology.references_to.items()
        lists = {self._answers(name) for name, found in listed if any(each.kind == "IPALL" for each in found)}
        for name, protocol, port in self._listens():
            yield f"{name} {protocol} {port} -> {name} {port}"
            if name in lists & many:  # the addresses of all pods
                yield f"{name}-members {protocol} {port} -> {name} {port}"
        known: set[str] = set()
        for component, exposure, port in self._public_ports():  # load balancers, for other protocols than HTTP
            name = slug(component.id)
            end = f"{name}-{port}-public" if name in known else f"{name}-public"
            known.add(name)
            if exposure.protocol != "http":
                packets = "udp" if exposure.protocol == "udp" else "tcp"
                outside = exposure.outside.value if exposure.outside else port
                yield f"{end} {packets} {outside} -> {name} {port}"

    def _public_ports(self) -> Iterator[tuple[Component, Exposure, int]]:
        for each in filter(self.serves, self.components):
            for exposure in each.exposures:
                if exposure.public and exposure.public.value:
                    yield each, exposure, exposure.port.value if exposure.port else self.port(each) or 80

    def _listens(self) -> Iterator[tuple[str, str, int]]:
        """Name, protocol and port of everything that others can connect to."""
        for id_, service in self.inside().items():
            if service.product.port:
                yield self.service_name(id_), "tcp", service.product.port
        for component in filter(self.serves, self.components):
            udp = {each.port.value for each in component.exposures if each.protocol == "udp" and each.port}
            port = self.port(component)
            if port is not None and port not in udp:
                yield slug(component.id), "tcp", port
            for exposure in component.exposures:
                if exposure.port and exposure.port.value != port:
                    yield slug(component.id), "udp" if exposure.protocol == "udp" else "tcp", exposure.port.value
            yield from ((slug(component.id), "udp", each) for each in udp if each == port)

    def _public(self) -> Iterator[tuple[Component, int, str, tuple[str, ...], bool]]:
        """Component, port, protocol, hosts and TLS of each public endpoint."""
        told = any(each.exposures for each in self.topology.components.values())
        told = told or any(tier.ports or tier.floating for tier in self.topology.tiers.values())
        for each in filter(self.serves, self.components):
            for exposure in each.exposures:
                if exposure.public and exposure.public.value:
                    port = exposure.port.value if exposure.port else self.port(each) or 80
                    hosts = exposure.hosts.value if exposure.hosts else ()
                    yield each, port, exposure.protocol, hosts, bool(exposure.tls and exposure.tls.value)
            used = any(link.callee in ("", each.id) for link in self.topology.users(each.host))
            if not told and not used and self.topology.services[each.host].product.port:
                yield each, self.port(each) or 80, "http", (), False

    def _doors(self) -> Iterator[str]:
        domain, routing = self.environment.get("domain"), self.environment.get("routing", "ingress")
        ends = {"ingress": " with TLS", "gateway": ""}  # the Gateway ends TLS
        termination = (self.environment.get("tls") or {}).get("termination", "edge")
        safe = ends.get(routing, f" with TLS {termination}")
        for component, port, protocol, hosts, tls in self._public():
            name = slug(component.id)
            if protocol != "http":
                continue
            found = hosts or ([f"{name}.{domain}"] if domain else ["*"])
            for host in found[:1] if routing == "route" else found:
                yield f"{host} {self._path(component)} -> {name} {port}{safe if tls else ''}"

    def _path(self, component: Component) -> str:
        said = component.options.get("context")
        alone = len(self.topology.services[component.host].components) == 1
        return "/" + ((said.value.literal if said else "" if alone else component.id) or "").strip("/")

    def _scales(self) -> Iterator[tuple[str, tuple[int, int]]]:
        if self.environment.get("autoscale") is False:
            return
        workloads = dict(self._at({}))
        services = ((self.service_name(id_), None, self.topology.tiers[e.tier]) for id_, e in self.inside().items())
        processes = (each for component in self.components for each in self.processes(component))
        for name, process, tier in (*services, *processes):
            scale = self.scale(tier)
            compute = (process and process.compute) or tier.compute
            asks = compute is not None and compute.value.cores is not None
            if scale.minimum < scale.maximum and asks and workloads[name].kind == "Deployment":
                yield name, (scale.minimum, scale.maximum)

    def _ways(self) -> Iterator[str]:
        """The graph of links, references, opened ports and exposures. Nothing is said of connections to the outside."""
        everything = list(dict(self._workloads({})))
        for name in everything:
            for other in (*ADDRESSES, *(each.name for each in self.others())):
                yield from (f"{name} -> {other} {protocol} any" for protocol in ("tcp", "udp"))
        listens = list(self._listens())
        for component in self.components:
            for target in self._asked(component):
                for name in self.names_of(component):
                    for there, protocol, port in listens:
                        if there == target and name != target:
                            yield f"{name} -> {target} {protocol} {port}"
        sources = (*everything, *ADDRESSES, *(each.name for each in self.others()))
        for id_, operator in self.operated().items():
            name = self.service_name(id_)
            yield from (f"{OPERATORS[operator][1].name} -> {name} tcp {port}" for port in OPERATED_PORTS)
            if f"{name}-load" in everything:
                yield f"{name}-load -> {name} tcp 5432"
        for component, port, protocol, _, _ in self._public():
            for source in sources:
                if source != slug(component.id):
                    yield f"{source} -> {slug(component.id)} {'udp' if protocol == 'udp' else 'tcp'} {port}"
        yield from self._opened(sources)

    def _asked(self, component: Component) -> Iterator[str]:
        """The names of what a component connects to, by its links and references."""
        names = [link.callee or link.service for link in component.links]
        texts = [each.value for each in component.variables]
        texts += [each.value for each in self.topology.services[component.host].attributes.values()]
        names += [reference.name for text in texts for reference in text.references]
        for name in names:
            if there := self._answers(name):
                mine = there in self.names_of(component)
                if not mine:
                    yield there

    def _answers(self, name: str) -> str:
        """The name of the pods that answer for a component, a service or a tier."""
        if name in self.topology.components:
            return slug(name)
        if name in self.inside():
            return self.service_name(name)
        if name in self.topology.services:
            hosted = [each.id for each in self.components if each.host == name and self.serves(each)]
            return slug(hosted[0]) if hosted else ""
        tier = self.topology.tiers.get(name)
        return next((found for id_ in (tier.services if tier else ()) if (found := self._answers(id_))), "")

    def _opened(self, sources: Iterable[str]) -> Iterator[str]:
        """Ports of tiers: from everywhere, from a tier, or from addresses."""
        placed = [(self.service_name(id_), each.tier) for id_, each in self.inside().items()]
        placed += [(name, tier.id) for each in self.components for name, _, tier in self.processes(each)]
        for target, tier in placed:
            for opened in (each for said in self.topology.tiers[tier].ports for each in said.value):
                source = str(self.topology.parameters[opened.source].default) if opened.asked else opened.source
                if source in self.topology.tiers:
                    froms = [name for name, there in placed if there == source]
                elif source == "anywhere":
                    froms = list(sources)
                else:
                    block = ip_network(source, strict=False)
                    froms = [OUTSIDE] if ip_network(ADDRESSES[OUTSIDE]).subnet_of(block) else []
                for port in {opened.first, opened.last}:
                    for name in froms:
                        if name != target:
                            yield f"{name} -> {target} {opened.protocol} {port}"


def times(at: Cron) -> str:
    """The five fields of a CronJob."""
    fields = ((at.minutes, 60), (at.hours, 24), (at.days, 31), (at.months, 12), (at.weekdays, 7))
    return " ".join("*" if len(numbers) == most else ",".join(map(str, numbers)) for numbers, most in fields)
