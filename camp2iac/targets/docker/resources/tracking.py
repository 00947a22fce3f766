"""The resources that people know by name, and which of them hold data. :mod:`..keeping` has a line for each type."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.module import Module
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.docker.resource_types import CONTAINER, PASSWORD, VOLUME
from camp2iac.targets.docker.resources import volumes
from camp2iac.targets.kit.databases import named_databases
from camp2iac.targets.kit.protection import tracked_secrets


def tracked(layout: DockerLayout, module: Module) -> Mapping[str, Tracked]:
    """The tracked resources of the module, by address."""
    found = {**tracked_secrets(layout.topology, names.identifier)}
    for workload in layout.workloads:
        found[f"{CONTAINER}.{workload.label}"] = _container(layout, workload)
        for statement in layout.volumes_of(workload):
            found[f"{VOLUME}.{volumes.label(workload, statement.value.name)}"] = Tracked(
                workload.node,
                f"volume {statement.value.name}",
                "component" if workload.component else "service",
                holds_data=True,
                product=_product(workload),
                instances=_instances(workload),
                release=_release(layout, workload),
                databases=_databases(layout, workload),
            )
    for balancer in layout.balancers.values():
        node = balancer.workload.node
        found[f"{CONTAINER}.{balancer.label}"] = Tracked(node, "load balancer", "component")
    for id_ in layout.services:
        found[f"{PASSWORD}.{names.identifier(id_)}"] = Tracked(id_, "password")
    there = module.addresses()
    return {address: each for address, each in found.items() if address in there}


def _container(layout: DockerLayout, workload: Workload) -> Tracked:
    if workload.component is not None:
        what = workload.schedule.name if workload.schedule else workload.process
        words = f"container {what}" if what != "web" else "container"
        return Tracked(workload.node, words, "component", instances=_instances(workload))
    product = _product(workload)
    bare = bool(product) and not layout.volumes_of(workload)
    return Tracked(
        workload.node, "container", holds_data=bare, product=product if bare else "", instances=_instances(workload)
    )


def _product(workload: Workload) -> str:
    product = workload.service.product
    return product.title if workload.component is None and product.data else ""


def _databases(layout: DockerLayout, workload: Workload) -> tuple[str, ...]:
    if workload.component is not None:
        return ()
    return named_databases(layout.topology, workload.service, names.application(layout.topology))


def _release(layout: DockerLayout, workload: Workload) -> str:
    container = layout.services.get(workload.node) if workload.component is None else None
    return str(container.release) if container is not None and container.release is not None else ""


def _instances(workload: Workload) -> tuple[int, int] | None:
    scale = workload.scale
    return (scale.value.initial, scale.value.maximum) if workload.many and scale is not None else None
