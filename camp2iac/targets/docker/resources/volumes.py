"""``docker_volume``: the volumes of the plan."""

from __future__ import annotations

from camp2iac.synth.module import Block, Value, expr, ref, template
from camp2iac.targets.containers.layout import known, names
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.docker.resource_types import VOLUME
from camp2iac.targets.docker.resources import containers
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.topology.model import Component, Volume


def label(workload: Workload, volume: str) -> str:
    """The name of a volume in Terraform's addresses."""
    return names.identifier(workload.node, volume)


def add(made: ModuleBuilder, layout: DockerLayout, component: Component) -> None:
    """Add the volumes of a component. Its processes share them."""
    first = next((each for each in layout.workloads if each.component == component and not each.once), None)
    if first is not None:
        add_all(made, layout, first)


def _first(layout: DockerLayout, workload: Workload) -> Workload:
    """The workload whose containers have the volumes. Other processes of the component share them."""
    same = (each for each in layout.workloads if each.node == workload.node and each.component == workload.component)
    return next(each for each in same if not each.once)


def add_all(made: ModuleBuilder, layout: DockerLayout, workload: Workload) -> None:
    """Add the volumes of a workload: one for each of its containers."""
    app = names.application(layout.topology)
    for statement in layout.volumes_of(workload):
        volume = statement.value.name
        many = workload.many
        stem = f"{app}-{workload.id}-1-{volume}"  # as that of the first of several
        name: Value = template(f"{app}-", expr("each.key"), f"-{volume}") if many else stem
        made.repeated(
            names.file(workload.node),
            VOLUME,
            label(workload, volume),
            f"{workload.id}-1",
            comment=made.plan(f"{workload.service.id}, Volume {volume}"),
            origin=statement.span,
            for_each=ref(f"local.{known.keys(workload)}") if many else None,
            name=name,
        )


def mounts(layout: DockerLayout, workload: Workload) -> list[Block]:
    """The blocks of a workload for its volumes, and for those whose files it serves."""
    found = []
    for statement in layout.volumes_of(workload):
        first = _first(layout, workload)
        key = "each.key" if workload.many and workload.tier.id == first.tier.id else f'"{first.id}-1"'
        path = layout.mount_of(workload, statement.value)
        found.append(containers.mount(_name(first, statement.value, key), path))
    for owner, statement in layout.served_by(workload):
        key = f'"{owner.id}-${{each.value}}"' if workload.many else f'"{owner.id}-1"'
        path = layout.mount_of(owner, statement.value)
        found.append(containers.mount(_name(owner, statement.value, key), path, read_only=True))
    return found


def _name(owner: Workload, volume: Volume, key: str) -> Value:
    """The name of a volume: of one of several containers, with this key."""
    return ref(f"{VOLUME}.{label(owner, volume.name)}", f"[{key}].name" if owner.many else ".name")
