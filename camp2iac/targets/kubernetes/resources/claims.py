"""The volumes of the plan: a PersistentVolumeClaim for each pod.

The claims are resources of the module, so that Terraform can protect and enlarge them. A StatefulSet with several pods
finds those of its pods by their names, and creates none.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.synth.module import Attribute, Block, Value, body, expr, ref, template
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resource_types import CLAIM
from camp2iac.targets.kubernetes.resources import labels
from camp2iac.topology.model import Volume


def label(workload: Workload, volume: str) -> str:
    """The name of a claim in Terraform's addresses."""
    return names.identifier(workload.node, volume)


def keys(workload: Workload) -> str:
    """The local value with the numbers of the pods of a workload with several claims."""
    return f"{workload.label}_pods"


def counted(workload: Workload) -> Attribute:
    """The local value with the pods of a workload that can have several, and their numbers."""
    count = ref(f"var.{names.count(workload.tier.id)}")
    comment = "Pod => its number. Scaling adds or removes the last keys, and does not change the others."
    value = expr("{ for n in range(", count, ") : ", template(f"{workload.id}-", expr("n")), " => n }")
    return Attribute(keys(workload), value, comment=comment)


def add(made: ModuleBuilder, layout: KubernetesLayout, workload: Workload) -> None:
    """Add the claims of a workload."""
    for statement in layout.volumes_of(workload):
        volume = statement.value
        stem = f"{names.pod_volume(volume.name)}-"
        name: Value = template(stem, expr("each.key")) if workload.many else f"{stem}{workload.id}-0"
        made.repeated(
            names.file(workload.node),
            CLAIM,
            label(workload, volume.name),
            f"{workload.id}-0",
            labels.metadata(name, labels.labels(layout, workload)),
            Block("spec", (), _spec(layout, volume)),
            comment=made.plan(f"{workload.service.id}, Volume {volume.name}"),
            origin=statement.span,
            for_each=ref(f"local.{keys(workload)}") if workload.many else None,
            wait_until_bound=Attribute(
                "wait_until_bound", False, comment="Many storage classes wait for the pod that uses the volume"
            ),
        )


def templates(layout: KubernetesLayout, workload: Workload) -> Iterator[Block]:
    """The blocks by which a StatefulSet with several pods finds the claims."""
    for statement in layout.volumes_of(workload):
        head = Block("metadata", (), body(name=names.pod_volume(statement.value.name)))
        yield Block("volume_claim_template", (), body(head, Block("spec", (), _spec(layout, statement.value))))


def volumes(layout: KubernetesLayout, workload: Workload) -> Iterator[Block]:
    """The volumes of a pod. Those of a StatefulSet with several pods come from its templates."""
    owner = layout.owner(workload) if layout.volumes_of(workload) else workload
    if owner == workload and workload.many:
        return
    for statement in layout.volumes_of(workload):
        address = f"{CLAIM}.{label(owner, statement.value.name)}"
        first = f'["{owner.id}-0"]' if owner.many else ""
        claim = Block("persistent_volume_claim", (), body(claim_name=ref(address, f"{first}.metadata[0].name")))
        yield Block("volume", (), body(claim, name=names.pod_volume(statement.value.name)))


def mounts(layout: KubernetesLayout, workload: Workload) -> Iterator[Block]:
    """Where the volumes of a pod are mounted."""
    for statement in layout.volumes_of(workload):
        path = layout.mount_of(workload, statement.value)
        yield Block("volume_mount", (), body(name=names.pod_volume(statement.value.name), mount_path=path))


def _spec(layout: KubernetesLayout, volume: Volume) -> tuple[Attribute | Block, ...]:
    environment = layout.settings.environment
    class_ = layout.settings.text("storage_class")
    requests = Block("resources", (), body(requests={"storage": f"{volume.size}Gi"}))
    chosen = Attribute("storage_class_name", class_, origin=environment.span("storage_class")) if class_ else None
    return body(requests, access_modes=("ReadWriteOnce",), storage_class_name=chosen)
