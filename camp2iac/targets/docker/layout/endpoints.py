"""The ports of components: which are published on the computer that runs the engine, and which have a load balancer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.docker.layout.settings import DockerSettings
from camp2iac.targets.kit import exposures, passed, paths
from camp2iac.topology.model import Balance, Component, Exposure, Topology

_PRIVILEGED = 1024
_USUAL = {"http": 80}


class PublishedPort(Record, frozen=True):
    """A port of the computer that runs the engine.

    ``listen``: the port in the containers. ``port``: the default of the variable. ``given``: its place in the
    environment file. ``exposure``: None if the component is public by default. ``path``: of the component.
    """

    workload: Workload
    component: Component
    exposure: Exposure | None
    protocol: str
    listen: int
    port: int
    given: Span | None
    variable: str
    path: str = ""


class Balancer(Record, frozen=True):
    """An HAProxy container in front of the containers of a workload. ``ports``: that it passes on, by protocol.

    ``proxied``: only a load balancer product of the plan connects to it, which sets X-Forwarded-For.
    """

    workload: Workload
    balance: Balance
    ports: tuple[tuple[str, int], ...]
    proxied: bool = False

    @property
    def label(self) -> str:
        """Its name in Terraform's addresses."""
        return names.identifier(self.workload.id, "balancer")

    @property
    def members(self) -> str:
        """The name that all its members have on the networks."""
        return f"{self.workload.id}-members"

    @property
    def config(self) -> str:
        """The path of its configuration in the module's folder."""
        return f"haproxy/{self.workload.id}.cfg"


def published(
    topology: Topology, workloads: Mapping[str, Workload], ports: Mapping[str, int], settings: DockerSettings
) -> tuple[PublishedPort, ...]:
    """The published ports. Each has another default: the port for users, or a similar one that is free.

    ``workloads``: those that answer for a component.
    """
    found: list[PublishedPort] = []
    taken = {port for each in topology.components.values() if (port := settings.port(each)[0]) is not None}
    for component, exposure in _public(topology):
        workload = workloads.get(component.id)
        if workload is None:
            continue
        first = all(each.component.id != component.id for each in found)
        listen = exposure.port.value if exposure and exposure.port else ports.get(component.id, _USUAL["http"])
        given, place = settings.port(component) if first else (None, None)
        outside = exposure.outside.value if exposure and exposure.outside else listen
        port = given or _free(outside, listen, taken)
        taken.add(port)
        alone = len(topology.services[component.host].components) == 1
        variable = names.port(component.id)
        found.append(
            PublishedPort(
                workload,
                component,
                exposure,
                exposure.protocol if exposure else "http",
                listen,
                port,
                place,
                variable if first else f"{variable}_{listen}",
                paths.below(component, "" if alone else component.id),
            )
        )
    return tuple(found)


def proxied(topology: Topology) -> frozenset[str]:
    """The components that are reached only through a proxy that sets X-Forwarded-For: HAProxy, or one of the plan."""
    inner = _inner(topology)
    behind = {
        id_
        for id_, component in topology.components.items()
        if (tier := topology.tiers[component.tier]) and (tier.balance or (tier.scale and tier.scale.value.maximum > 1))
        if all(each.protocol == "http" for each in component.exposures)
    }
    return inner | behind


def _inner(topology: Topology) -> frozenset[str]:
    """The components that a load balancer product of the plan passes requests to, and no user connects to."""
    members, public = passed.members(topology), {component.id for component, _ in _public(topology)}
    return frozenset(id_ for id_, each in topology.components.items() if each.tier in members and id_ not in public)


def balancers(
    topology: Topology,
    workloads: Mapping[str, Workload],
    ports: Mapping[str, int],
    public: tuple[PublishedPort, ...],
) -> Mapping[str, Balancer]:
    """The load balancers, by the id of the workload behind them."""
    found, inner = {}, _inner(topology)
    for id_, workload in workloads.items():
        component, said = workload.component, workload.tier.balance
        if component is None or id_ not in ports or not (workload.many or said is not None):
            continue
        own: list[tuple[str, int]] = [
            (each.protocol, each.port.value if each.port else ports[id_]) for each in component.exposures
        ]
        own += [(each.protocol, each.listen) for each in public if each.component.id == id_]
        balance = said.value if said is not None else Balance("round-robin", False, None, derived=True)
        passes = tuple(dict.fromkeys(own)) or (("http", ports[id_]),)
        found[workload.id] = Balancer(workload, balance, passes, proxied=id_ in inner)
    return found


def _public(topology: Topology) -> Iterator[tuple[Component, Exposure | None]]:
    by_default = exposures.implied(topology)
    for component in topology.components.values():
        for exposure in component.exposures:
            if exposure.public is not None and exposure.public.value:
                yield component, exposure
        if component.id in by_default:
            yield component, None


def _free(outside: int, listen: int, taken: set[int]) -> int:
    """A port above those for which a laptop needs rights, near the one that the plan says."""
    port = outside if outside >= _PRIVILEGED else listen if listen >= _PRIVILEGED else outside + 8000
    while port in taken:
        port += 1
    return port
