"""Where pods run: spread over nodes, or together on one."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.synth.module import Attribute, Block, body
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resources import labels

_NODE = "kubernetes.io/hostname"


def blocks(layout: KubernetesLayout, workload: Workload) -> Iterator[Block]:
    """The blocks for ``spread``, ``together``, and volumes that pods share."""
    tier = workload.tier
    if tier.spread is not None and workload.many:
        hard = tier.spread.value == "hard"
        yield Block(
            "topology_spread_constraint",
            (),
            body(
                Block("label_selector", (), body(match_labels=labels.selector(layout, workload))),
                max_skew=1,
                topology_key=_NODE,
                when_unsatisfiable="DoNotSchedule" if hard else "ScheduleAnyway",
            ),
        )
    beside = None if workload.once or not layout.volumes_of(workload) else layout.owner(workload)
    if beside is not None and beside != workload:
        yield Block("affinity", (), body(Block("pod_affinity", (), (_required(layout, beside),))))
    elif tier.together is not None and tier.together.value != "no" and workload.many:
        term = _required(layout, workload) if tier.together.value == "hard" else _preferred(layout, workload)
        yield Block("affinity", (), body(Block("pod_affinity", (), (term,))))


def _required(layout: KubernetesLayout, other: Workload) -> Block:
    return Block("required_during_scheduling_ignored_during_execution", (), _term(layout, other))


def _preferred(layout: KubernetesLayout, other: Workload) -> Block:
    term = Block("pod_affinity_term", (), _term(layout, other))
    return Block("preferred_during_scheduling_ignored_during_execution", (), body(term, weight=100))


def _term(layout: KubernetesLayout, other: Workload) -> tuple[Attribute | Block, ...]:
    chosen = Block("label_selector", (), body(match_labels=labels.selector(layout, other)))
    return body(chosen, topology_key=_NODE)
