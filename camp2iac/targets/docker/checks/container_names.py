"""CAMP403: a component or service has the name of a container of another one, or of its containers together."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit.unique_addresses import clash


def check(layout: DockerLayout) -> Iterator[Diagnostic]:
    """Check the names on the networks. Two workloads with one id also have one address, which is checked elsewhere."""
    by_id = {each.id: each for each in layout.workloads}
    for workload in layout.workloads:
        id_, _, end = workload.id.rpartition("-")
        other = by_id.get(id_)
        if other is not None and _has(layout, other, workload.id, end):
            yield clash(f"name on Docker's networks: {workload.id}", other.span, workload.span)


def _has(layout: DockerLayout, workload: Workload, name: str, end: str) -> bool:
    """Whether containers of a workload have a name. ``end``: what follows the id."""
    balancer = layout.balancers.get(workload.id)
    if balancer is not None and name == balancer.members:
        return True
    most = workload.scale.value.maximum if workload.scale is not None else 1
    numbered = workload.many or balancer is not None
    return numbered and end.isdecimal() and end == str(int(end)) and 1 <= int(end) <= most
