"""Ports on the computer that runs the engine."""

from __future__ import annotations

from camp2iac.synth.module import Block, body, ref
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.docker.layout.endpoints import PublishedPort
from camp2iac.targets.docker.layout.layout import DockerLayout


def of(layout: DockerLayout, workload: Workload) -> list[Block]:
    """The blocks of a container that publishes ports itself, because no load balancer is in front of it."""
    if workload.id in layout.balancers or not workload.serves:
        return []
    return [block(layout, each) for each in layout.published if each.workload == workload]


def block(layout: DockerLayout, port: PublishedPort) -> Block:
    """The block of a published port."""
    return Block(
        "ports",
        (),
        body(
            internal=port.listen,
            external=ref(f"var.{port.variable}"),
            ip=layout.settings.address,
            protocol="udp" if port.protocol == "udp" else None,
        ),
        origin=port.exposure.span if port.exposure else port.component.span,
    )
