"""What runs in containers: services, and each process and schedule of a component.

On OpenStack, all that is on a tier shares the instances. Here, each service and each process has containers of its own,
and as many of them as the tier has instances.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.builds import ComponentImage
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Component, Process, Scale, Schedule, Service, Statement, Tier, Topology

Clocked: TypeAlias = Callable[[ComponentImage, Schedule], bool]

RELEASE = "release"
WEB = "web"


class Workload(Record, frozen=True):
    """The containers of a service, or of one process of a component.

    ``id``: its name on the networks. ``node``: the id of the part of the plan. ``process``: the type. ``line``: its
    command line; empty: that of the image. ``statement``: of the process, if the plan has one. ``schedule``: it runs
    this by the clock, in one container. ``into``: the id of the workload that it loads artifacts into, and then ends.
    """

    id: str
    service: Service
    tier: Tier
    component: Component | None = None
    process: str = ""
    line: str = ""
    statement: Process | None = None
    schedule: Schedule | None = None
    into: str = ""

    @property
    def node(self) -> str:
        """The id of the part of the plan that it belongs to."""
        return self.component.id if self.component else self.service.id

    @property
    def label(self) -> str:
        """Its name in Terraform's addresses."""
        return names.identifier(self.id)

    @property
    def once(self) -> bool:
        """Whether it runs once for each image, before the processes of its component."""
        return self.process == RELEASE

    @property
    def scale(self) -> Statement[Scale] | None:
        """The Scale of its tier. Other things than processes and services do not scale."""
        return None if self.once or self.schedule else self.tier.scale

    @property
    def many(self) -> bool:
        """Whether it has ``for_each``."""
        return self.scale is not None and self.scale.value.maximum > 1

    @property
    def serves(self) -> bool:
        """Whether it answers on the port of its component or service."""
        return self.component is None or self.process == WEB

    @property
    def span(self) -> Span:
        """Its place in the plan."""
        return self.component.span if self.component else self.service.span


def ids(topology: Topology) -> Mapping[tuple[str, str], str]:
    """The names on the networks, by kind (``component``, ``service``) and id. A component has its own id."""
    found = {("component", id_): slug(id_) for id_ in topology.components}
    taken = set(found.values())
    for id_ in topology.services:
        name = slug(id_)
        found["service", id_] = f"{name}-service" if name in taken else name
    return found


def of(
    topology: Topology,
    images: Mapping[str, ComponentImage],
    runs: Mapping[str, Service],
    clocked: Clocked,
) -> tuple[Workload, ...]:
    """All workloads: services in the order of their ids, then the processes of components.

    ``images``: of the components that can run. ``runs``: the services with an image of their own. ``clocked``: whether
    a schedule can run.
    """
    known = ids(topology)
    found = [Workload(known["service", id_], service, topology.tiers[service.tier]) for id_, service in runs.items()]
    for id_, image in images.items():
        found += _processes(topology, topology.components[id_], image, known["component", id_])
        found += _schedules(topology, image, known["component", id_], clocked)
    return tuple(found)


def _processes(topology: Topology, component: Component, image: ComponentImage, id_: str) -> Iterator[Workload]:
    service, tiers = topology.services[component.host], topology.tiers
    stated = {process.type: process for process in component.processes}
    lines = _lines(component, image)
    first = WEB if WEB in lines or not lines else ""
    for type_ in sorted(lines or {WEB: ""}, key=lambda each: (each != RELEASE, each != WEB, each)):
        process = stated.get(type_)
        tier = tiers[process.on] if process is not None and process.on else tiers[component.tier]
        name = id_ if type_ == first else f"{id_}-{names.word(type_)}"
        yield Workload(name, service, tier, component, type_, lines.get(type_, ""), process)


def _schedules(topology: Topology, image: ComponentImage, id_: str, clocked: Clocked) -> Iterator[Workload]:
    component = image.component
    types = {names.word(type_) for type_ in _lines(component, image)}
    service, tier = topology.services[component.host], topology.tiers[component.tier]
    for schedule in component.schedules:
        word = names.word(schedule.name)
        name = f"{id_}-{word}-schedule" if word in types else f"{id_}-{word}"
        if clocked(image, schedule):
            yield Workload(name, service, tier, component, line=schedule.command, schedule=schedule)


def _lines(component: Component, image: ComponentImage) -> Mapping[str, str]:
    """The command lines, by process type: of the image, and of the plan."""
    return {**image.processes, **{process.type: process.command for process in component.processes}}
