"""The nodes of a picture: components, processes with instances of their own, and services, with their facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.diagnostics.suggest import listed
from camp2iac.review.graph.model import NodeKind, PictureLine, PictureNode
from camp2iac.review.graph.view import View
from camp2iac.topology import elsewhere
from camp2iac.topology.match import EXTERNAL
from camp2iac.topology.model import Component, Process, Scale, Service, Statement, Volume

_MOST = 3  # names in one line
_NOT_THERE = (PictureLine("platform", "not on this platform"),)


class Nodes:
    """``ids``: the nodes that stand for a component, a service or a process, by (kind, id)."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.ids: dict[tuple[str, str], tuple[str, ...]] = {}
        self.elsewhere: list[PictureNode] = []
        self._on: dict[str, list[PictureNode]] = {}
        for component in view.topology.components.values():
            self._component(component)
        for service in view.topology.services.values():
            self._service(service)

    def by_tier(self) -> Mapping[str, list[PictureNode]]:
        """The nodes of each tier that has some."""
        return dict(sorted(self._on.items()))

    def of_tier(self, id_: str) -> Iterator[PictureLine]:
        """The facts about a tier. A service that no instance runs has none."""
        tier, view = self.view.topology.tiers.get(id_), self.view
        if tier is None:
            return
        yield from view.platform("tier", id_)
        if tier.scale is not None and view.has(tier.scale) and not view.counted:
            yield PictureLine("scale", f"scale {_range(tier.scale.value)}")
        placed = view.topology.tiers.get(tier.follows, tier)
        if placed.region is not None and view.has(placed.region):
            yield PictureLine("region", f"region {placed.region.value}")
        if placed.networks is not None and view.has(placed.networks):
            names = placed.networks.value
            yield PictureLine("network", f"network{'s' if len(names) > 1 else ''} {_few(names)}")

    def _component(self, component: Component) -> None:
        id_ = f"component/{component.id}"
        if not self.view.deployed(component):
            node = PictureNode(id_, "lost", component.name, _NOT_THERE)
        else:
            node = PictureNode(id_, "component", component.name, tuple(self._facts(component)))
        self._on.setdefault(component.tier, []).append(node)
        own = [process for process in component.processes if process.on and node.kind != "lost"]
        self.ids["component", component.id] = (id_, *(self._process(component, process) for process in own))

    def _facts(self, component: Component) -> Iterator[PictureLine]:
        view, host = self.view, self.view.topology.services[component.host]
        yield PictureLine("product", f"{host.product.title} {view.release(host)}".strip())
        yield from view.platform("component", component.id)
        others = [each.type for each in component.processes if not each.on and each.type not in ("web", "release")]
        if others and not any(part.process for part in view.facts.parts if part.id == component.id):
            yield PictureLine("process", f"process{'es' if len(others) > 1 else ''} {_few(sorted(others))}")
        for type_ in sorted({each.type for each in component.processes if not each.on} | {"web"}):
            yield from view.platform("component", component.id, type_)
        for schedule in sorted(component.schedules, key=lambda each: each.name):
            if view.has(schedule.statement):
                yield PictureLine("schedule", f"schedule {schedule.name}: {schedule.at.text}")
        if component.id == host.components[0]:
            yield from self._volumes(host)

    def _process(self, component: Component, process: Process) -> str:
        id_ = f"process/{component.id}/{process.type}"
        lines = tuple(self.view.platform("component", component.id, process.type))
        node = PictureNode(id_, "process", f"{component.name}: {process.type}", lines)
        self._on.setdefault(process.on, []).append(node)
        return id_

    def _service(self, service: Service) -> None:
        used = any(not link.callee for link in self.view.topology.users(service.id))
        if service.components and not used:
            self.ids["service", service.id] = tuple(f"component/{each}" for each in service.components)
            return
        id_ = f"service/{service.id}"
        self.ids["service", service.id] = (id_,)
        if service.href is not None:
            self.elsewhere.append(PictureNode(id_, "elsewhere", service.name, tuple(self._address(service))))
        elif not self.view.provided(service):
            self._on.setdefault(service.tier, []).append(PictureNode(id_, "lost", service.name, _NOT_THERE))
        else:
            lines = tuple(self._facts_of_service(service))
            kind: NodeKind = "service" if service.product.role == "service" else "server"
            self._on.setdefault(service.tier, []).append(PictureNode(id_, kind, service.name, lines))

    def _facts_of_service(self, service: Service) -> Iterator[PictureLine]:
        yield PictureLine("product", f"{service.product.title} {self.view.release(service)}".strip())
        yield from self.view.platform("service", service.id)
        if not service.components:
            yield from self._volumes(service)
        jobs = [job.id for job in service.jobs if self.view.has(job.statement)]
        if jobs:
            yield PictureLine("content", f"loads {_few(jobs)}")

    def _address(self, service: Service) -> Iterator[PictureLine]:
        """The product and the host. User, password and query of the URL can be secret."""
        if service.product is not EXTERNAL:
            yield PictureLine("product", service.product.title)
        address = elsewhere.of(service)
        if address is not None:
            port = f":{address.port}" if address.port is not None else ""
            yield PictureLine("address", f"{address.host}{port}")

    def _volumes(self, service: Service) -> Iterator[PictureLine]:
        for statement in sorted(self._own(service), key=lambda each: each.value.name):
            yield PictureLine("volume", f"volume {statement.value.name}, {statement.value.size} GiB")

    def _own(self, service: Service) -> list[Statement[Volume]]:
        tier = self.view.topology.tiers.get(service.tier)
        volumes = tier.volumes if tier is not None else ()
        return [each for each in volumes if each.subject.id == service.id and self.view.keeps(each)]


def _range(scale: Scale) -> str:
    most = "" if scale.maximum == scale.minimum else f" to {scale.maximum}"
    return f"{scale.minimum}{most}"


def _few(names: tuple[str, ...] | list[str]) -> str:
    """The first names, and how many more there are."""
    more = [f"{len(names) - _MOST} more"] if len(names) > _MOST else []
    return listed([*names[:_MOST], *more])
