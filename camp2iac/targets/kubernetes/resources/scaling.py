"""HorizontalPodAutoscalers and PodDisruptionBudgets."""

from __future__ import annotations

from camp2iac.synth.module import Block, body, ref
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes import resource_types as types
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resources import labels

_BUSY = 80  # percent of the cores that a pod asks for


def add(made: ModuleBuilder, layout: KubernetesLayout, workload: Workload) -> None:
    """Add what a workload with several pods needs."""
    if not workload.many or layout.operator(workload):
        return
    if layout.scales_itself(workload):
        _autoscaler(made, layout, workload)
    made.resource(
        names.file(workload.node),
        types.DISRUPTION_BUDGET,
        workload.label,
        labels.metadata(workload.id, labels.labels(layout, workload)),
        Block(
            "spec",
            (),
            body(Block("selector", (), body(match_labels=labels.selector(layout, workload))), max_unavailable="1"),
        ),
        comment="When nodes are drained, one pod stops at a time",
        origin=workload.span,
    )


def _autoscaler(made: ModuleBuilder, layout: KubernetesLayout, workload: Workload) -> None:
    scale, numbers = workload.scale, layout.numbers(workload.tier)
    assert scale is not None and numbers is not None  # noqa: S101, PT018 - the caller selects those with Scale
    name = ref(f"{types.DEPLOYMENT}.{workload.label}", ".metadata[0].name")
    target = Block("target", (), body(type="Utilization", average_utilization=_BUSY))
    metric = Block("metric", (), body(Block("resource", (), body(target, name="cpu")), type="Resource"))
    of = Block("scale_target_ref", (), body(api_version="apps/v1", kind="Deployment", name=name))
    made.resource(
        names.file(workload.node),
        types.AUTOSCALER,
        workload.label,
        labels.metadata(workload.id, labels.labels(layout, workload)),
        Block(
            "spec",
            (),
            body(of, metric, min_replicas=numbers.minimum, max_replicas=numbers.maximum),
        ),
        comment=made.plan(f"{scale.subject.heading}, Scale"),
        origin=scale.span,
    )
