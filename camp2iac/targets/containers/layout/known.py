"""The values of references in the plan: addresses are names on the networks."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record, field
from camp2iac.synth.module import Value, call, expr, ref, template
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import Resolved, resolve, service_ports
from camp2iac.targets.kit.passwords import generated_passwords
from camp2iac.topology.model import Reference, TextValue, Topology

PASSWORD = "random_password"  # noqa: S105 - the name of a type


class KnownValues(Record, frozen=True):
    """``ports``: of components, services and tiers. ``generated``: the services with a generated password.

    ``passwords``: those that the plan sets, by service. ``hosts``: the workload that answers for a name of the plan.
    """

    topology: Topology
    ports: Mapping[str, int]
    generated: frozenset[str]
    hosts: Mapping[str, Workload]
    passwords: Mapping[str, Value] = field(default_factory=dict)

    def resolve(self, text: TextValue) -> Resolved:
        """The Terraform value of a string of the plan."""
        return resolve(text, self.topology, self._value)

    def password(self, service: str) -> Value:
        """The password of a service; empty if it has none."""
        if service in self.generated:
            return ref(f"{PASSWORD}.{names.identifier(service)}", ".result")
        stated = self.topology.services[service].attributes.get("password")
        return "" if stated is None else self.resolve(stated.value).value

    def _value(self, reference: Reference) -> Value:
        name = reference.name
        match reference.kind:
            case "parameter":
                return ref(f"var.{names.variable(name)}")
            case "secret":
                return self.secret(name)
            case "PORT":
                return str(self.ports[name]) if name in self.ports else None
            case "PASSWORD":
                service = name if name in self.topology.services else self._first(name)
                return self.password(service) or None if service else None
        workload = self.hosts.get(name)
        if workload is None:
            return None
        return self.address(workload, all_=reference.kind == "IPALL")

    def reached(self, workload: Workload) -> str:
        """The name by which clients connect to a workload, whichever of its containers answers."""
        return workload.id

    def address(self, workload: Workload, *, all_: bool) -> Value:
        """The name of a workload's first container, or of all of them."""
        if not workload.many:
            return workload.id
        return members(workload) if all_ else f"{workload.id}-1"

    def secret(self, name: str) -> Value:
        """The value of a secret: from ``random_password`` or from a variable."""
        if self.topology.secrets[name].length is None:
            return ref(f"var.{names.variable(name)}")
        return ref(f"{PASSWORD}.{names.identifier(name)}", ".result")

    def _first(self, tier: str) -> str:
        """The first service of a tier that has a password."""
        inside = self.topology.tiers[tier].services if tier in self.topology.tiers else ()
        return next((id_ for id_ in inside if id_ in self.generated), "")


def members(workload: Workload) -> Value:
    """The names of all containers of a workload, separated by commas. A rename of the plan keeps them."""
    count = ref(f"var.{names.count(workload.tier.id)}")
    name = template(f"{workload.id}-", expr("n"))
    return call("join", ",", expr("[for n in range(1, ", count, " + 1) : ", name, "]"))


def keys(workload: Workload) -> str:
    """The local value with the names of the containers of a workload that can have several."""
    return f"{workload.label}_containers"


def hosts_of(topology: Topology, workloads: tuple[Workload, ...]) -> Mapping[str, Workload]:
    """The workload that answers for each name of the plan."""
    serving = {each.id: each for each in workloads if each.serves}
    of_node = {each.node: each for each in serving.values()}
    hosts: dict[str, Workload] = {}
    for id_, service in topology.services.items():
        inside = [of_node[each] for each in service.components if each in of_node]
        if id_ in of_node or inside:
            hosts[id_] = next(
                (each for each in serving.values() if each.service.id == id_), (inside or [of_node[id_]])[0]
            )
    for id_ in topology.tiers:
        first = next((hosts[each] for each in topology.tiers[id_].services if each in hosts), None)
        if first is not None:
            hosts.setdefault(id_, first)
    hosts |= {each.component.id: each for each in serving.values() if each.component is not None}
    return hosts


def known(topology: Topology, workloads: tuple[Workload, ...]) -> KnownValues:
    """The values that references can have."""
    hosts = hosts_of(topology, workloads)
    return KnownValues(topology, service_ports.listening(topology), generated_passwords(topology), hosts)
