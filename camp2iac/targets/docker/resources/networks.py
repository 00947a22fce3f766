"""``docker_network``."""

from __future__ import annotations

from camp2iac.synth.module import Block, Value, body, ref
from camp2iac.targets.containers.layout import names
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.docker.layout.networks import DockerNetwork
from camp2iac.targets.docker.resource_types import NETWORK
from camp2iac.targets.kit import ModuleBuilder

_FILE = "network.tf"


def add(made: ModuleBuilder, layout: DockerLayout, network: DockerNetwork) -> None:
    """Add a network, or read an existing one."""
    app, plan = names.application(layout.topology), network.plan
    comment = made.plan(f"network {plan.id}") if plan else "For containers whose tier names no network"
    if network.existing:
        made.data(
            _FILE, NETWORK, network.label, comment=comment, origin=plan.span if plan else None, name=network.existing
        )
        return
    cidr = plan.cidr if plan else None
    made.resource(
        _FILE,
        NETWORK,
        network.label,
        Block("ipam_config", (), body(subnet=cidr)) if cidr else None,
        comment=comment,
        origin=plan.span if plan else None,
        name=f"{app}-{network.id}",
    )


def reference(network: DockerNetwork) -> Value:
    """The name of a network."""
    return ref(f"data.{NETWORK}.{network.label}" if network.existing else f"{NETWORK}.{network.label}", ".name")
