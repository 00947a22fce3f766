"""CAMP646: the namespace belongs to the cluster, so Terraform cannot create it, or must not use it."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout

_DEFAULT = "default"
_SYSTEM = "kube-"


def check(layout: KubernetesLayout) -> Iterator[Diagnostic]:
    """Check the name of the namespace: of the environment file, or of the application."""
    settings, name = layout.settings, layout.namespace
    system = name.startswith(_SYSTEM)
    if not system and (name != _DEFAULT or not settings.creates_namespace):
        return
    environment = settings.environment
    span = environment.span("namespace") or environment.span("name")
    application = names.application(layout.topology)
    stem = "shop" if application == name else application
    another = f"write for example  namespace: {stem}-staging"
    if system:
        message, label = f"the namespace {name} is one of Kubernetes itself", "kube-... is reserved"
    else:
        message, label = f"Terraform cannot create the namespace {name}, which each cluster has", "it exists already"
        another += ",  or  create_namespace: false  to use it"
    yield Diagnostic(
        "CAMP646",
        message,
        span or layout.topology.span,
        label=label,
        notes=() if span else ("without  namespace  in the environment file, it is the name of the application",),
        help=another,
    )
