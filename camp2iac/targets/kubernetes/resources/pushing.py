"""``build: true``: Terraform builds the images of components with Docker's engine, and pushes them to the registry."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, body
from camp2iac.targets.containers.resources import engine
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resource_types import PUSHED
from camp2iac.topology.model import Component

_ENGINE = "The engine is that of DOCKER_HOST, or the local one."
_LOGIN = "The login of `docker login`, or of DOCKER_REGISTRY_USER and DOCKER_REGISTRY_PASS"


def provider(layout: KubernetesLayout) -> Block:
    """The configuration of the provider. It pushes only to a registry that it names."""
    host, origin = layout.settings.registry.partition("/")[0], layout.settings.environment.span("registry")
    address = Attribute("address", host, origin=origin)
    return Block("provider", ("docker",), body(Block("registry_auth", (), body(address), _LOGIN)), _ENGINE)


def add(made: ModuleBuilder, layout: KubernetesLayout, component: Component, name: str) -> None:
    """Add the image of a component. ``name``: in the registry.

    Not a ``docker_image``: Terraform would build it again on each computer that lacks it, as CI runners do.
    """
    triggers, build = engine.build(layout.images[component.id])
    made.resource(
        names.file(component.id),
        PUSHED,
        names.identifier(component.id),
        build,
        comment=made.plan(component.id),
        origin=component.span,
        name=name,
        keep_remotely=Attribute("keep_remotely", True, comment="Pods of the release before may still start"),
        triggers=triggers,
    )
