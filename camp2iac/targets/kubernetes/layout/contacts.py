"""Which pods may connect to which: links, references to addresses, opened ports, and endpoints for users."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.record import Record
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kubernetes.layout.ends import PublicEnd
from camp2iac.targets.kubernetes.operators import Operator
from camp2iac.topology.model import Topology


class AllowedContact(Record, frozen=True):
    """Pods that may connect to the pods of a workload, on a range of ports.

    ``source``: ``node``: the id of a component, all of whose processes may connect. ``workload``: the id of one.
    ``cidr``: addresses. ``parameter``: the parameter of the plan with them. ``anywhere``: empty. ``operator``: the
    title of the one that runs the destination. ``itself``: pods of the destination.
    """

    destination: str
    protocol: str
    first: int
    last: int
    kind: str
    source: str = ""


def protocol(exposed: str) -> str:
    """The protocol of an exposure's packets."""
    return "UDP" if exposed == "udp" else "TCP"


def allowed(
    topology: Topology,
    workloads: tuple[Workload, ...],
    hosts: Mapping[str, Workload],
    ports: Mapping[str, tuple[tuple[str, int], ...]],
    ends: tuple[PublicEnd, ...],
    operators: Mapping[str, Operator],
) -> tuple[AllowedContact, ...]:
    """All allowed contacts, sorted. ``ports``: protocol and port, by the id of the workload that listens.

    ``operators``: by the ids of the workloads that they run.
    """
    found = [*_linked(topology, workloads, hosts, ports), *_opened(topology, workloads)]
    found += [AllowedContact(e.workload.id, protocol(e.protocol), e.listen, e.listen, "anywhere") for e in ends]
    for id_, operator in operators.items():
        for kind, numbers in operator.contacts.items():
            found += [AllowedContact(id_, "TCP", each, each, kind, operator.title) for each in numbers]
        found += [
            AllowedContact(id_, "TCP", operator.port, operator.port, "workload", each.id)
            for each in workloads
            if each.component is None and each.once and each.service.id == _service(workloads, id_)
        ]
    key = lambda each: (each.destination, each.first, each.last, each.protocol, each.kind, each.source)  # noqa: E731
    return tuple(sorted(dict.fromkeys(found), key=key))


def _service(workloads: tuple[Workload, ...], id_: str) -> str:
    return next(each.service.id for each in workloads if each.id == id_)


def _linked(
    topology: Topology,
    workloads: tuple[Workload, ...],
    hosts: Mapping[str, Workload],
    ports: Mapping[str, tuple[tuple[str, int], ...]],
) -> Iterator[AllowedContact]:
    running = dict.fromkeys(each.component.id for each in workloads if each.component is not None)
    for id_ in running:
        component = topology.components[id_]
        asked = [link.callee or link.service for link in component.links]
        asked += [each.name for variable in component.variables for each in variable.value.references]
        host = topology.services[component.host]
        asked += [each.name for statement in host.attributes.values() for each in statement.value.references]
        for name in asked:
            there = hosts.get(name)
            if there is None or there.node == id_:
                continue
            for packets, port in ports.get(there.id, ()):
                yield AllowedContact(there.id, packets, port, port, "node", id_)


def _opened(topology: Topology, workloads: tuple[Workload, ...]) -> Iterator[AllowedContact]:
    for workload in workloads:
        if workload.once or workload.schedule:
            continue
        for statement in workload.tier.ports:
            for each in statement.value:
                packets = each.protocol.upper()
                if each.source in topology.tiers:
                    for other in workloads:
                        if other.tier.id == each.source and other.id != workload.id:
                            yield AllowedContact(workload.id, packets, each.first, each.last, "workload", other.id)
                elif each.source == "anywhere":
                    yield AllowedContact(workload.id, packets, each.first, each.last, "anywhere")
                else:
                    kind = "parameter" if each.asked else "cidr"
                    yield AllowedContact(workload.id, packets, each.first, each.last, kind, each.source)
