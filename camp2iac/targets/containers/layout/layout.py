"""The decisions that are the same wherever containers run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from camp2iac.record import Record
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.containers.layout.builds import ComponentImage
from camp2iac.targets.containers.layout.configuration import ComponentVariables
from camp2iac.targets.containers.layout.known import KnownValues
from camp2iac.targets.containers.layout.services import ServiceContainer
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import data_volumes
from camp2iac.topology import calls
from camp2iac.topology.model import Compute, Scale, Service, Statement, Tier, Topology, Volume


class ContainerLayout(Record, frozen=True, dict=True):
    """What checks, resources and accounting read. A platform adds its own decisions.

    ``images``: of the components that can run. ``services``: those with containers. ``configurations``: by component.
    ``broken``: components that have nothing to start.
    """

    topology: Topology
    images: Mapping[str, ComponentImage]
    services: Mapping[str, ServiceContainer]
    workloads: tuple[Workload, ...]
    known: KnownValues
    configurations: Mapping[str, ComponentVariables]
    broken: frozenset[str]

    def described(self, workload: Workload) -> str:
        """A workload in a few words, for the report."""
        return f"container {workload.id}"

    def computed(self, statement: Statement[Compute]) -> LedgerEntry:
        """The outcome of Compute for the containers of a workload."""
        raise NotImplementedError

    def copied(self, workload: Workload) -> bool:
        """Whether the containers of a workload have copies of the same data."""
        return False

    def forgets(self, service: Service) -> str:
        """Why a service loses its data while its container runs on; empty: it does not."""
        return ""

    def numbers(self, tier: Tier) -> Scale | None:
        """The numbers of containers of each process that a tier can have; None: one."""
        return None if tier.scale is None else tier.scale.value

    @property
    def apart(self) -> str:
        """What it means that services of one tier have containers of their own."""
        raise NotImplementedError

    @property
    def balances(self) -> str:
        """What is in front of several containers, as the beginning of a sentence."""
        raise NotImplementedError

    @property
    def without_clock(self) -> tuple[str, str]:
        """Why a schedule cannot run, and what to do."""
        raise NotImplementedError

    @property
    def loads_by(self) -> str:
        """How people run a command in a container."""
        raise NotImplementedError

    def loads_when(self, service: Service) -> str:
        """When artifacts are loaded into a service."""
        return "when the container starts"

    @cached_property
    def serving(self) -> Mapping[str, Workload]:
        """The workloads that answer for a component, by its id."""
        return {each.component.id: each for each in self.workloads if each.component is not None and each.serves}

    @cached_property
    def releases(self) -> Mapping[str, Workload]:
        """The workloads that run before the processes of a component, by its id."""
        return {each.component.id: each for each in self.workloads if each.component is not None and each.once}

    def volumes_of(self, workload: Workload) -> tuple[Statement[Volume], ...]:
        """The volumes of the service that a workload belongs to. What runs once has none."""
        if workload.once:
            return ()
        tier = self.topology.tiers[workload.service.tier]
        return tuple(each for each in tier.volumes if each.subject.id == workload.service.id)

    def mount_of(self, workload: Workload, volume: Volume) -> str:
        """Where a volume is mounted: where the image has its data, where the plan says, or at its name in ``/srv``.

        An image writes its data to one folder, also if the plan mounts the volume for them at another one.
        """
        service, container = workload.service, self.services.get(workload.service.id)
        first = next(iter(data_volumes.ordered(service, (each.value for each in self.volumes_of(workload)))), None)
        own = container.offer.data if container is not None else None
        if own and volume == first:
            return own
        return volume.mount if volume.mount and volume.mount != own else f"/srv/{volume.name}"

    def moved(self, workload: Workload, volume: Volume) -> str:
        """Why a volume is not mounted where the plan says; empty: it is."""
        path = self.mount_of(workload, volume)
        if volume.mount in (None, path):
            return ""
        return f"The image of {workload.service.product.title} has its data in one folder, so the volume is at {path}."

    def needs(self, workload: Workload) -> tuple[Workload, ...]:
        """The workloads that must be ready before it starts: not those of a circle of calls."""
        component = workload.component
        if component is None:
            return ()
        circles = calls.in_circles(self.topology) if any(link.callee for link in component.links) else frozenset()
        found = [
            self.known.hosts[link.callee or link.service]
            for link in component.links
            if (link.callee or link.service) in self.known.hosts and (component.id, link.callee) not in circles
        ]
        release = self.releases.get(component.id)
        if release is not None and not workload.once:
            found.append(release)
        others = {each.id: each for each in found if each.node != workload.node or each.once}
        return tuple(others.values())
