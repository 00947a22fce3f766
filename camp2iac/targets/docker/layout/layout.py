"""The layout: each decision about a plan on a Docker engine, made once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from camp2iac.camp.package import Package
from camp2iac.catalogue.loader import built_in
from camp2iac.record import Record
from camp2iac.targets.base import Environment
from camp2iac.targets.docker.images import served
from camp2iac.targets.docker.layout import builds, configuration, endpoints, networks, services, workloads
from camp2iac.targets.docker.layout.builds import ComponentImage
from camp2iac.targets.docker.layout.configuration import ComponentVariables
from camp2iac.targets.docker.layout.endpoints import Balancer, PublishedPort
from camp2iac.targets.docker.layout.known import KnownValues, known
from camp2iac.targets.docker.layout.networks import DockerNetwork
from camp2iac.targets.docker.layout.services import ServiceContainer
from camp2iac.targets.docker.layout.settings import DockerSettings
from camp2iac.targets.docker.layout.workloads import Workload
from camp2iac.topology import calls
from camp2iac.topology.model import Statement, Topology, Volume

BALANCER = "haproxy"  # the product of load balancers


class DockerLayout(Record, frozen=True, dict=True):
    """All decisions. Checks, resources and accounting read it, and decide nothing.

    ``images``: of the components that can run. ``services``: those with containers. ``configurations``: by component.
    ``published``: the ports that users connect to. ``balancers``: by the id of the workload behind them.
    ``broken``: components that have nothing to start.
    """

    topology: Topology
    settings: DockerSettings
    networks: Mapping[str, DockerNetwork]
    images: Mapping[str, ComponentImage]
    services: Mapping[str, ServiceContainer]
    workloads: tuple[Workload, ...]
    known: KnownValues
    configurations: Mapping[str, ComponentVariables]
    published: tuple[PublishedPort, ...]
    balancers: Mapping[str, Balancer]
    balancer_image: str
    broken: frozenset[str] = frozenset()

    @staticmethod
    def of(
        topology: Topology, environment: Environment, package: Package, broken: frozenset[str] = frozenset()
    ) -> DockerLayout:
        """Make all decisions. Pure: same arguments, same result. ``broken``: see ``targets.base.Context``."""
        settings = DockerSettings(environment)
        images = builds.of(topology, package, broken)
        runs = services.running(topology)
        all_ = workloads.of(topology, images, runs)
        facts = known(topology, all_)
        serving = {each.component.id: each for each in all_ if each.component is not None and each.serves}
        public = endpoints.published(topology, serving, facts.ports, settings)
        return DockerLayout(
            topology,
            settings,
            networks.of(topology),
            images,
            {id_: services.decide(facts, settings, package, service) for id_, service in runs.items()},
            all_,
            facts,
            {id_: configuration.configure(facts, topology.components[id_], images[id_].variables) for id_ in images},
            public,
            endpoints.balancers(serving, facts.ports, public),
            services.image_of(built_in(BALANCER)),
            broken,
        )

    @cached_property
    def serving(self) -> Mapping[str, Workload]:
        """The workloads that answer for a component, by its id."""
        return {each.component.id: each for each in self.workloads if each.component is not None and each.serves}

    @cached_property
    def releases(self) -> Mapping[str, Workload]:
        """The workloads that run before the processes of a component, by its id."""
        return {each.component.id: each for each in self.workloads if each.component is not None and each.once}

    def networks_of(self, workload: Workload) -> tuple[str, ...]:
        """The networks that containers join: those of the tier, and one of each tier that they connect to."""
        found = list(networks.of_tier(workload.tier))
        for link in workload.component.links if workload.component is not None else ():
            there = self.known.hosts.get(link.callee or link.service)
            theirs = networks.of_tier(there.tier) if there is not None else ()
            if theirs and not set(theirs) & set(found):
                found.append(theirs[0])
        return tuple(found)

    def volumes_of(self, workload: Workload) -> tuple[Statement[Volume], ...]:
        """The volumes of the service that a workload belongs to. What runs once has none."""
        if workload.once:
            return ()
        tier = self.topology.tiers[workload.service.tier]
        return tuple(each for each in tier.volumes if each.subject.id == workload.service.id)

    def served_by(self, workload: Workload) -> tuple[tuple[Workload, Statement[Volume]], ...]:
        """The volumes of others on its tier with folders that a web server serves, and the workloads that have them."""
        if workload.once or workload.schedule or workload.component is None:
            return ()
        tier = self.topology.tiers[workload.service.tier]
        others = [each for each in tier.volumes if each.subject.id != workload.service.id]
        mounted = {each.service.id: each for each in reversed(self.workloads) if not each.once and not each.schedule}
        return tuple(
            (mounted[each.subject.id], each)
            for each in others
            if each.subject.id in mounted and served.inside(workload.service, each.value.mount or "")
        )

    def mount_of(self, workload: Workload, volume: Volume) -> str:
        """Where a volume is mounted: where the plan says, or where the image has its data."""
        container = self.services.get(workload.service.id)
        own = container.offer.data if container is not None else None
        return volume.mount or own or f"/srv/{volume.name}"

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
