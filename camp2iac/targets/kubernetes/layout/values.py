"""The values of references in the plan: addresses are names of Services."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import field
from camp2iac.synth.module import Value
from camp2iac.targets.containers.layout.known import KnownValues, hosts_of
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import service_ports
from camp2iac.targets.kit.passwords import generated_passwords
from camp2iac.targets.kit.references import references
from camp2iac.topology.model import Topology


class ServiceNames(KnownValues, frozen=True):
    """The pods of a workload have one name, that of its Service. A second one has the addresses of all of them.

    ``operated``: the names of Services that operators make, by workload.
    """

    operated: Mapping[str, str] = field(default_factory=dict)

    def reached(self, workload: Workload) -> str:
        """The name of the Service in front of a workload."""
        return self.operated.get(workload.id, workload.id)

    def address(self, workload: Workload, *, all_: bool) -> Value:
        """The name of the Service in front of a workload, or of the one with the addresses of its pods."""
        if workload.id in self.operated:
            return self.operated[workload.id]
        return members(workload) if all_ and workload.many else workload.id


def members(workload: Workload) -> str:
    """The name of the Service with the addresses of all pods of a workload."""
    return f"{workload.id}-members"


def listed(topology: Topology, hosts: Mapping[str, Workload]) -> frozenset[str]:
    """The workloads with several pods whose addresses the plan uses: IPALL()."""
    asked = {reference.name for reference in references(topology) if reference.kind == "IPALL"}
    return frozenset(hosts[name].id for name in asked if name in hosts and hosts[name].many)


def known(topology: Topology, workloads: tuple[Workload, ...], operated: Mapping[str, str]) -> ServiceNames:
    """The values that references can have."""
    hosts = hosts_of(topology, workloads)
    return ServiceNames(
        topology, service_ports.listening(topology), generated_passwords(topology), hosts, operated=operated
    )
