"""The resources that people know by name, and which of them hold data. :mod:`..keeping` has a line for each type."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.module import Module
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit.databases import named_databases
from camp2iac.targets.kit.protection import tracked_secrets
from camp2iac.targets.kubernetes import resource_types as types
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resources import claims, objects


def tracked(layout: KubernetesLayout, module: Module) -> Mapping[str, Tracked]:
    """The tracked resources of the module, by address."""
    found = {**tracked_secrets(layout.topology, names.identifier)}
    for workload in layout.workloads:
        found[objects.address(layout, workload)] = _object(layout, workload)
        for statement in () if layout.operator(workload) else layout.volumes_of(workload):
            found[f"{types.CLAIM}.{claims.label(workload, statement.value.name)}"] = Tracked(
                workload.node,
                f"volume {statement.value.name}",
                "component" if workload.component else "service",
                holds_data=True,
                product=_product(workload),
                instances=_instances(layout, layout.owner(workload)),
                release=_release(layout, workload),
                databases=_databases(layout, workload),
                size=statement.value.size,
            )
    for end in layout.ends if layout.settings.routing != "ingress" else ():
        if end.routed:
            words = "Route" if layout.settings.routing == "route" else "HTTPRoute"
            found[f"{types.MANIFEST}.{end.label}"] = Tracked(end.component.id, words, "component")
    for id_ in layout.services:
        found[f"{types.PASSWORD}.{names.identifier(id_)}"] = Tracked(id_, "password")
    there = module.addresses()
    return {address: each for address, each in found.items() if address in there}


def _object(layout: KubernetesLayout, workload: Workload) -> Tracked:
    kind = layout.kind(workload)
    if workload.component is not None:
        what = workload.schedule.name if workload.schedule else workload.process
        words = f"{kind} {what}" if what != "web" else kind
        return Tracked(workload.node, words, "component")
    if workload.once:
        return Tracked(workload.node, f"{kind}, which loads artifacts")
    product = _product(workload)
    if layout.operator(workload):
        size = sum(each.value.size for each in layout.volumes_of(workload)) or None
        release = _release(layout, workload)
        databases = _databases(layout, workload)
        return Tracked(
            workload.node, kind, holds_data=True, product=product, release=release, size=size, databases=databases
        )
    bare = bool(product) and not layout.volumes_of(workload)
    return Tracked(workload.node, kind, holds_data=bare, product=product if bare else "")


def _product(workload: Workload) -> str:
    product = workload.service.product
    return product.title if workload.component is None and product.data else ""


def _databases(layout: KubernetesLayout, workload: Workload) -> tuple[str, ...]:
    if workload.component is not None:
        return ()
    return named_databases(layout.topology, workload.service, names.application(layout.topology))


def _release(layout: KubernetesLayout, workload: Workload) -> str:
    container = layout.services.get(workload.node) if workload.component is None else None
    return str(container.release) if container is not None and container.release is not None else ""


def _instances(layout: KubernetesLayout, workload: Workload) -> tuple[int, int] | None:
    scale = layout.numbers(workload.tier)
    return (scale.initial, scale.maximum) if workload.many and scale is not None else None
