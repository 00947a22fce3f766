"""The layout: each decision about a plan on a Kubernetes cluster, made once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from camp2iac.camp.package import Package
from camp2iac.record import replace
from camp2iac.targets.base import Environment, LedgerEntry
from camp2iac.targets.containers.layout import builds, configuration, services, workloads
from camp2iac.targets.containers.layout.layout import ContainerLayout
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import degraded, kept
from camp2iac.targets.kubernetes.layout import clocks, contacts, ends, names, operated, sizes, values
from camp2iac.targets.kubernetes.layout.contacts import AllowedContact, protocol
from camp2iac.targets.kubernetes.layout.ends import PublicEnd
from camp2iac.targets.kubernetes.layout.settings import KubernetesSettings
from camp2iac.targets.kubernetes.operators import Operator
from camp2iac.topology.model import Compute, Scale, Service, Statement, Tier, Topology

_APART = (
    "Each service and each process has pods of its own, on any node of the cluster. They do not share 127.0.0.1 or a "
    "disk."
)
_FORGETS = "The data are in the pod. They are lost if the cluster replaces it, for example on another node."
_CLOCK = "A CronJob runs if the day of the month or the day of the week matches, and here both must match."


class KubernetesLayout(ContainerLayout, frozen=True, dict=True):
    """All decisions. Checks, resources and accounting read it, and decide nothing.

    ``ends``: where users connect. ``listed``: the workloads with a Service that has the addresses of their pods.
    ``operated``: the operators that run services, by the ids of these.
    """

    settings: KubernetesSettings
    ends: tuple[PublicEnd, ...]
    listed: frozenset[str]
    operated: Mapping[str, Operator]

    @staticmethod
    def of(
        topology: Topology, environment: Environment, package: Package, broken: frozenset[str] = frozenset()
    ) -> KubernetesLayout:
        """Make all decisions. Pure: same arguments, same result. ``broken``: see ``targets.base.Context``."""
        settings = KubernetesSettings(environment)
        images = builds.of(topology, package, broken, ends.proxied(topology))
        runs = services.running(topology)
        found = workloads.of(topology, images, runs, lambda _, schedule: clocks.possible(schedule.at))
        all_ = tuple(replace(each, id=names.shortened(each.id)) for each in found)
        operators = operated.chosen(runs.values(), settings)
        facts = values.known(topology, all_, operated.hosts(all_, operators))
        serving = {each.component.id: each for each in all_ if each.component is not None and each.serves}
        decided = {id_: services.decide(facts, settings.image(each)[0], package, each) for id_, each in runs.items()}
        decided |= {id_: operated.decide(each, operators[id_]) for id_, each in decided.items() if id_ in operators}
        return KubernetesLayout(
            topology,
            images,
            decided,
            (*all_, *operated.loads(all_, decided, operators)),
            facts,
            {id_: configuration.configure(facts, topology.components[id_], images[id_].variables) for id_ in images},
            broken,
            settings,
            ends.public(topology, serving, facts.ports, settings),
            values.listed(topology, facts.hosts),
            operators,
        )

    @property
    def namespace(self) -> str:
        """The name of the namespace."""
        return self.settings.text("namespace") or names.application(self.topology)

    @cached_property
    def ports(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """The protocols and ports on which pods listen, by the id of their workload."""
        return {each.id: found for each in self.workloads if (found := self._ports(each))}

    @cached_property
    def contacts(self) -> tuple[AllowedContact, ...]:
        """Which pods may connect to which."""
        operators = {each.id: found for each in self.workloads if (found := self.operator(each)) is not None}
        return contacts.allowed(self.topology, self.workloads, self.known.hosts, self.ports, self.ends, operators)

    def loads_when(self, service: Service) -> str:
        """When artifacts are loaded into a service."""
        return "by a Job" if service.id in self.operated else super().loads_when(service)

    def copied(self, workload: Workload) -> bool:
        """An operator copies the data of what it runs."""
        return self.operator(workload) is not None

    def forgets(self, service: Service) -> str:
        """A pod without a volume loses its data if the cluster moves it to another node."""
        lasting = service.id in self.operated or any(
            each.subject.id == service.id for each in self.topology.tiers[service.tier].volumes
        )
        return "" if lasting or not service.product.data else _FORGETS

    def operator(self, workload: Workload) -> Operator | None:
        """The operator that runs a workload. What is loaded into it is a Job of the module."""
        return None if workload.component or workload.once else self.operated.get(workload.service.id)

    def needs(self, workload: Workload) -> tuple[Workload, ...]:
        """The workloads that must be ready before it starts, and what is loaded into them."""
        found = super().needs(workload)
        ids = {each.id for each in found}
        return (*found, *(each for each in self.workloads if each.into in ids))

    def keeps_data(self, workload: Workload) -> bool:
        """Whether its pods have volumes, and so names of their own."""
        return bool(self.volumes_of(workload)) and not workload.schedule

    def owner(self, workload: Workload) -> Workload:
        """The workload whose pods the volumes are made for. Other processes of the component share them."""
        same = (each for each in self.workloads if each.node == workload.node and each.component == workload.component)
        return next(each for each in same if not each.once and not each.schedule)

    def kind(self, workload: Workload) -> str:
        """What runs it: the kind of its object."""
        if workload.once:
            return "Job"
        if operator := self.operator(workload):
            return operator.kind
        if workload.schedule is not None:
            return "CronJob"
        return "StatefulSet" if self.keeps_data(workload) and self.owner(workload) == workload else "Deployment"

    def scales_itself(self, workload: Workload) -> bool:
        """Whether an autoscaler chooses the number of its pods, which must ask for cores."""
        scale = workload.scale
        moves = scale is not None and scale.value.minimum < scale.value.maximum
        asks = "cpu" in self.requests(workload)
        return self.settings.autoscale and workload.many and moves and asks and self.kind(workload) == "Deployment"

    def numbers(self, tier: Tier) -> Scale | None:
        """The numbers of pods that a tier can have. An autoscaler, and an operator, keep at least one."""
        scale = super().numbers(tier)
        keepers = (each for each in self.workloads if each.tier.id == tier.id)
        if scale is None or not any(self.scales_itself(each) or self.operator(each) for each in keepers):
            return scale
        return replace(scale, minimum=max(scale.minimum, 1), initial=max(scale.initial, 1))

    def compute(self, workload: Workload) -> Compute | None:
        """The Compute of a workload: of its process, or of its tier."""
        process = workload.statement
        own = process.compute if process is not None else None
        statement = own or workload.tier.compute
        return statement.value if statement is not None else None

    def requests(self, workload: Workload) -> Mapping[str, str]:
        """What each pod asks for. Services and processes of one tier divide its Compute."""
        compute = self.compute(workload)
        lasting = [each for each in self.workloads if not (each.once or each.schedule)]
        share = sum(each.tier.id == workload.tier.id for each in lasting)
        return {} if compute is None else sizes.requests(compute, max(share, 1))

    def limits(self, workload: Workload) -> Mapping[str, str]:
        """The most that each pod may use."""
        compute = self.compute(workload)
        return {} if compute is None else sizes.limits(compute)

    def described(self, workload: Workload) -> str:
        """A workload in a few words, for the report."""
        return f"{self.kind(workload)} {workload.id}"

    def computed(self, statement: Statement[Compute]) -> LedgerEntry:
        """The outcome of Compute for the containers of a workload."""
        compute = statement.value
        why = "A cluster has nodes of its own, with their sizes and operating systems. Pods ask for cores and memory."
        if not (compute.cores or compute.memory or compute.disk):
            return degraded(statement, "no requests", why, "Write  cores  and  memory  in the Compute.")
        if compute.os or compute.size:
            left = " and ".join(name for name in ("os", "size") if getattr(compute, name))
            return degraded(statement, f"requests, without {left}", why, "None needed: the image decides.")
        return kept(statement, "requests")

    @property
    def apart(self) -> str:
        """What it means that services of one tier have containers of their own."""
        return _APART

    @property
    def balances(self) -> str:
        """What is in front of several containers, as the beginning of a sentence."""
        return "A Service of Kubernetes is in front of pods"

    @property
    def without_clock(self) -> tuple[str, str]:
        """Why a schedule cannot run, and what to do."""
        return _CLOCK, "Give only one of both, and test the other in the command."

    @property
    def loads_by(self) -> str:
        """How people run a command in a container."""
        return "kubectl exec"

    def _ports(self, workload: Workload) -> tuple[tuple[str, int], ...]:
        if not workload.serves or workload.once or workload.schedule:
            return ()
        if operator := self.operator(workload):
            return (("TCP", operator.port),)
        exposures = workload.component.exposures if workload.component is not None else ()
        found = [(protocol(each.protocol), each.port.value) for each in exposures if each.port is not None]
        found += [(protocol(each.protocol), each.listen) for each in self.ends if each.workload == workload]
        port = self.known.ports.get(workload.node)
        if port is not None and port not in [other for _, other in found]:
            found.insert(0, ("TCP", port))
        return tuple(dict.fromkeys(found))
