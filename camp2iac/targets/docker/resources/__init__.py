"""The Terraform module of a layout. One file per kind of resource."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, Document, Module, body
from camp2iac.targets.containers.resources import engine as builder
from camp2iac.targets.containers.resources import secrets
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.docker.resources import (
    balancers,
    components,
    moves,
    networks,
    outputs,
    schedules,
    services,
    variables,
)
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.builder import RANDOM


def resources(layout: DockerLayout) -> Module:
    """All files of the module."""
    made = ModuleBuilder(layout.topology, layout.settings.environment)
    _head(made, layout)
    for network in layout.networks.values():
        networks.add(made, layout, network)
    for container in layout.services.values():
        secrets.add_password(made, layout, container.service)
        services.add(made, layout, container)
    for component in layout.topology.components.values():
        if component.id in layout.images:
            components.add(made, layout, component)
    for balancer in layout.balancers.values():
        balancers.add(made, layout, balancer)
    if layout.balancers:
        balancers.add_image(made, layout)
    moves.add(made)
    outputs.add(made, layout)
    variables.add(made, layout)
    return made.module


def documents(layout: DockerLayout) -> tuple[Document, ...]:
    """The files beside the module: what images are built from, what is loaded, and configurations."""
    found = [document for image in layout.images.values() for document in image.documents]
    found += [document for container in layout.services.values() for document in container.documents]
    found += [schedules.document()] if any(each.schedule for each in layout.workloads) else []
    return (*found, *balancers.documents(layout))


def _head(made: ModuleBuilder, layout: DockerLayout) -> None:
    """``versions.tf`` and ``providers.tf``."""
    providers = {"docker": builder.PROVIDER}
    generated = any(secret.length is not None for secret in layout.topology.secrets.values())
    if generated or layout.known.generated & layout.services.keys():
        providers["random"] = RANDOM
    engine = layout.settings.engine
    comment = "" if engine else "The engine is that of DOCKER_HOST, or the local one."
    host = Attribute("host", engine, origin=layout.settings.environment.span("engine")) if engine else None
    made.head(providers, Block("provider", ("docker",), body(host), comment))
