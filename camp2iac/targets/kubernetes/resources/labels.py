"""What all objects have in common: metadata, labels, and the namespace."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.module import Block, Value, body, ref
from camp2iac.targets import child
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout

NAMESPACE = ref("local.namespace")


def selector(layout: KubernetesLayout, workload: Workload) -> Mapping[str, Value]:
    """The labels that select the pods of a workload."""
    if operator := layout.operator(workload):
        return {name: form.format(id=workload.id) for name, form in operator.selector.items()}
    return _own(layout, workload)


def _own(layout: KubernetesLayout, workload: Workload) -> Mapping[str, Value]:
    return {names.NAME: workload.id, names.PART_OF: names.application(layout.topology)}


def labels(layout: KubernetesLayout, workload: Workload) -> Mapping[str, Value]:
    """The labels of a workload's objects and pods."""
    return {names.COMPONENT: workload.node if workload.component else workload.id, **_own(layout, workload)}


def namespace(layout: KubernetesLayout) -> Value:
    """The name of the namespace. A child module has it from its caller."""
    return ref(f"var.{child.NAME}") if child.wanted(layout.settings.environment) else layout.namespace


def of_application(layout: KubernetesLayout) -> Mapping[str, Value]:
    """The labels of objects that belong to the whole application."""
    return {names.PART_OF: names.application(layout.topology)}


def metadata(name: Value, own: Mapping[str, Value], annotations: Mapping[str, Value] | None = None) -> Block:
    """The ``metadata`` of an object in the namespace."""
    return Block("metadata", (), body(name=name, namespace=NAMESPACE, labels=own, annotations=annotations or None))


def name_of(address: str) -> Value:
    """The name of an object of the module."""
    return ref(address, ".metadata[0].name")
