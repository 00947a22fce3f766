"""The Terraform module of a layout. One file per kind of resource."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, Document, Module, body, ref
from camp2iac.targets.containers.resources import engine, secrets
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.builder import RANDOM
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resource_types import NAMESPACE
from camp2iac.targets.kubernetes.resources import (
    bake,
    components,
    files,
    labels,
    moves,
    operated,
    outputs,
    policies,
    pushing,
    routing,
    scaling,
    services,
    variables,
)

_PROVIDER = ("hashicorp/kubernetes", "~> 3.2")
_RESTRICTED = {"pod-security.kubernetes.io/enforce": "restricted"}


def resources(layout: KubernetesLayout) -> Module:
    """All files of the module."""
    made = ModuleBuilder(layout.topology, layout.settings.environment)
    _head(made, layout)
    _namespace(made, layout)
    policies.add_denial(made, layout)
    for container in layout.services.values():
        secrets.add_password(made, layout, container.service)
        if container.service.id in layout.operated:
            operated.add(made, layout, container)
        else:
            services.add(made, layout, container)
    for component in layout.topology.components.values():
        if component.id in layout.images:
            components.add(made, layout, component)
    for workload in layout.workloads:
        scaling.add(made, layout, workload)
    policies.add(made, layout)
    for end in layout.ends:
        routing.add(made, layout, end)
    moves.add(made)
    outputs.add(made, layout)
    variables.add(made, layout)
    return made.module


def documents(layout: KubernetesLayout) -> tuple[Document, ...]:
    """The files beside the module: what images are built from, and what services load."""
    found = [document for image in layout.images.values() for document in image.documents]
    for id_, container in layout.services.items():
        given = operated.documents(layout, container) if id_ in layout.operated else files.documents(container)
        found += [document for _, document in given]
    return (*found, *bake.documents(layout))


def _head(made: ModuleBuilder, layout: KubernetesLayout) -> None:
    """``versions.tf`` and ``providers.tf``."""
    providers = {"kubernetes": _PROVIDER}
    generated = any(secret.length is not None for secret in layout.topology.secrets.values())
    if generated or layout.known.generated & layout.services.keys():
        providers["random"] = RANDOM
    settings = layout.settings
    given = {"config_path": "kubeconfig", "config_context": "context"}
    what = "The context is one" if settings.text("context") else "The cluster is that"
    comment = "" if settings.text("kubeconfig") else f"{what} of KUBE_CONFIG_PATH."
    arguments = (
        Attribute(name, text, origin=settings.environment.span(key))
        for name, key in given.items()
        if (text := settings.text(key))
    )
    configured = [Block("provider", ("kubernetes",), body(*arguments), comment)]
    if bake.built(layout) and settings.builds:
        providers["docker"] = engine.PROVIDER
        configured.append(pushing.provider(layout))
    made.head(providers, *configured)


def _namespace(made: ModuleBuilder, layout: KubernetesLayout) -> None:
    """The namespace, and a local value with its name."""
    name = labels.namespace(layout)
    origin = layout.settings.environment.span("namespace")
    if layout.settings.creates_namespace:
        own = Attribute("name", name, origin=origin)
        all_ = {**labels.of_application(layout), **_RESTRICTED}
        metadata = Block("metadata", (), body(own, Attribute("labels", all_)))
        made.resource("network.tf", NAMESPACE, "namespace", metadata, comment=made.by("namespace") if origin else "")
        name = ref(f"{NAMESPACE}.namespace", ".metadata[0].name")
    made.locals("network.tf", Attribute("namespace", name, origin=origin))
