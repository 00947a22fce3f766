"""ServiceAccounts, and the revisions of secrets."""

from __future__ import annotations

from camp2iac.diagnostics import Span
from camp2iac.synth.module import Attribute, Block, Value, body
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes import resource_types as types
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resources import labels


def add(made: ModuleBuilder, layout: KubernetesLayout, workload: Workload, file: str, label: str) -> None:
    """Add the ServiceAccount of a component or service. Its pods get no token for the API."""
    pull = layout.settings.text("pull_secret")
    made.resource(
        file,
        types.SERVICE_ACCOUNT,
        label,
        labels.metadata(_name(workload), labels.labels(layout, workload)),
        Attribute("automount_service_account_token", False),
        Block("image_pull_secret", (), body(name=pull), made.by("pull_secret")) if pull else None,
        comment=made.plan(workload.node),
        origin=workload.span,
    )


def add_revision(made: ModuleBuilder, file: str, label: str, secrets: Value, origin: Span) -> None:
    """Add a value that is another one when a secret changes, and says nothing about it."""
    made.resource(
        file,
        types.REVISION,
        label,
        comment="Another id for each change of the secrets. Then the pods start again.",
        origin=origin,
        triggers_replace=secrets,
    )


def _name(workload: Workload) -> str:
    """Its name in the cluster. ``default`` exists in each namespace."""
    name = workload.node if workload.component else workload.id
    return f"{name}-account" if name == "default" else name
