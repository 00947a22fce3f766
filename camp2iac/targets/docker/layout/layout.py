"""The layout: each decision about a plan on a Docker engine, made once."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.camp.package import Package
from camp2iac.catalogue.loader import built_in
from camp2iac.targets.base import Environment, LedgerEntry
from camp2iac.targets.containers.images import served
from camp2iac.targets.containers.layout import builds, configuration, services, workloads
from camp2iac.targets.containers.layout.known import known
from camp2iac.targets.containers.layout.layout import ContainerLayout
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.docker.layout import endpoints, networks
from camp2iac.targets.docker.layout.endpoints import Balancer, PublishedPort
from camp2iac.targets.docker.layout.networks import DockerNetwork
from camp2iac.targets.docker.layout.settings import DockerSettings
from camp2iac.targets.kit import degraded
from camp2iac.topology.model import Compute, Statement, Topology, Volume

BALANCER = "haproxy"  # the product of load balancers
_SHARE = (
    "Each service and each process has a container of its own. They do not share 127.0.0.1 or a disk, except volumes "
    "with files that a web server of the tier serves."
)
_CLOCK = "Docker starts no container by the clock, and camp2iac adds nothing to an image that it does not generate."
_UNLIMITED = "Containers share the cores and the memory of the engine."


class DockerLayout(ContainerLayout, frozen=True, dict=True):
    """All decisions. Checks, resources and accounting read it, and decide nothing.

    ``published``: the ports that users connect to. ``balancers``: by the id of the workload behind them.
    """

    settings: DockerSettings
    networks: Mapping[str, DockerNetwork]
    published: tuple[PublishedPort, ...]
    balancers: Mapping[str, Balancer]
    balancer_image: str

    @staticmethod
    def of(
        topology: Topology, environment: Environment, package: Package, broken: frozenset[str] = frozenset()
    ) -> DockerLayout:
        """Make all decisions. Pure: same arguments, same result. ``broken``: see ``targets.base.Context``."""
        settings = DockerSettings(environment)
        images = builds.of(topology, package, broken, endpoints.proxied(topology))
        runs = services.running(topology)
        all_ = workloads.of(topology, images, runs, lambda image, _: image.secrets)  # the clock is a script of ours
        facts = known(topology, all_)
        serving = {each.component.id: each for each in all_ if each.component is not None and each.serves}
        public = endpoints.published(topology, serving, facts.ports, settings)
        return DockerLayout(
            topology,
            images,
            {id_: services.decide(facts, settings.image(each)[0], package, each) for id_, each in runs.items()},
            all_,
            facts,
            {id_: configuration.configure(facts, topology.components[id_], images[id_].variables) for id_ in images},
            broken,
            settings,
            networks.of(topology),
            public,
            endpoints.balancers(topology, serving, facts.ports, public),
            services.image_of(built_in(BALANCER)),
        )

    def computed(self, statement: Statement[Compute]) -> LedgerEntry:
        """The outcome of Compute for the containers of a workload."""
        return degraded(statement, "no limit", _UNLIMITED, "None needed to try the plan.")

    @property
    def apart(self) -> str:
        """What it means that services of one tier have containers of their own."""
        return _SHARE

    @property
    def balances(self) -> str:
        """What is in front of several containers, as the beginning of a sentence."""
        return "camp2iac puts its own HAProxy in front of containers"

    @property
    def without_clock(self) -> tuple[str, str]:
        """Why a schedule cannot run, and what to do."""
        return _CLOCK, "Let a process of the image run it."

    @property
    def loads_by(self) -> str:
        """How people run a command in a container."""
        return "docker exec"

    def networks_of(self, workload: Workload) -> tuple[str, ...]:
        """The networks that containers join: those of the tier, and one of each tier that they connect to."""
        found = list(networks.of_tier(workload.tier))
        for link in workload.component.links if workload.component is not None else ():
            there = self.known.hosts.get(link.callee or link.service)
            theirs = networks.of_tier(there.tier) if there is not None else ()
            if theirs and not set(theirs) & set(found):
                found.append(theirs[0])
        return tuple(found)

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
