"""``docker_container``: what all containers have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Value, body, expr, ref, template
from camp2iac.synth.remarks import Remark
from camp2iac.targets.containers.layout import known, names
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.docker.resource_types import CONTAINER
from camp2iac.targets.docker.resources import networks
from camp2iac.targets.kit import ModuleBuilder, blocks
from camp2iac.targets.kit.blocks import Item

_PERIOD = "5m0s"  # that time in the form in which the provider reads it back
PATIENCE = 300  # the seconds in which a container must be ready
_STOP = 30  # the seconds that a process has to end. Without them, the provider kills it at once


class ContainerRun(Record, frozen=True):
    """What a container runs.

    ``image``: the id of its image. ``ready``: the words of a command that succeeds when it is ready; Terraform waits
    for that. ``command``: the words to run; empty: those of the image. ``comment``: above the resource.
    """

    image: Value
    comment: Remark
    ready: tuple[str, ...] = ()
    command: tuple[Value, ...] = ()


def add(made: ModuleBuilder, layout: DockerLayout, workload: Workload, run: ContainerRun, *items: Item) -> None:
    """Add the containers of a workload. ``items``: more arguments and blocks."""
    app, file = names.application(layout.topology), names.file(workload.node)
    fronted = workload.id in layout.balancers
    name: Value = template(f"{app}-", expr("each.key")) if workload.many else f"{app}-{own_name(layout, workload)}"
    made.repeated(
        file,
        CONTAINER,
        workload.label,
        f"{workload.id}-1",
        *_networks(layout, workload, fronted=fronted),
        *items,
        *(_health(run.ready) if run.ready else ()),
        _order(layout, workload),
        _succeeded() if workload.once else None,
        comment=run.comment,
        origin=workload.span,
        for_each=ref(f"local.{known.keys(workload)}") if workload.many else None,
        name=name,
        image=run.image,
        command=run.command or None,
        restart="no" if workload.once else "unless-stopped",
        must_run=False if workload.once else None,
        attach=True if workload.once else None,
        logs=True if workload.once else None,
        wait=True if run.ready else None,
        wait_timeout=PATIENCE if run.ready else None,
        destroy_grace_seconds=None if workload.once else _STOP,
    )


def own_name(layout: DockerLayout, workload: Workload) -> str:
    """The name of a single container. A load balancer in front of it has the name of the workload."""
    return f"{workload.id}-1" if workload.id in layout.balancers else workload.id


def files(contents: Sequence[tuple[str, Value, str]]) -> list[Block]:
    """Blocks for files that are written before a container starts: path, text, permissions."""
    return [
        Block("upload", (), body(file=path, content=text, permissions=permissions))
        for path, text, permissions in contents
    ]


def mount(volume: Value, path: str, *, read_only: bool = False) -> Block:
    """A block for a volume."""
    return Block("volumes", (), body(volume_name=volume, container_path=path, read_only=read_only or None))


def names_of(workload: Workload) -> Attribute:
    """The local value with the names of the containers of a workload that can have several."""
    count = ref(f"var.{names.count(workload.tier.id)}")
    comment = "Container => its number. Scaling adds or removes the last keys, and does not change the others."
    return Attribute(known.keys(workload), blocks.numbered(workload.id, count), comment=comment)


def _networks(layout: DockerLayout, workload: Workload, *, fronted: bool) -> list[Block]:
    """A block for each network. The aliases are the names by which others connect."""
    own: Value = template(f"{workload.id}-", expr("each.value")) if workload.many else own_name(layout, workload)
    found = []
    for number, id_ in enumerate(layout.networks_of(workload)):
        shared = workload.id
        if fronted:  # on the first network only, so that the load balancer finds each of them once
            shared = layout.balancers[workload.id].members if number == 0 else ""
        aliases: tuple[Value, ...] = (own,) if shared in ("", own) else (shared, own)
        reference = networks.reference(layout.networks[id_])
        found.append(Block("networks_advanced", (), body(name=reference, aliases=None if workload.once else aliases)))
    return found


def _health(command: Sequence[str]) -> tuple[Block, Block]:
    """The test, and a label with its digest: only a changed label makes Terraform replace the container."""
    test = Block(
        "healthcheck",
        (),
        body(test=("CMD", *command), interval="2s", timeout="5s", retries=3, start_period=_PERIOD),
    )
    digest = hashlib.sha256("\0".join(command).encode()).hexdigest()[:12]
    return test, Block("labels", (), body(label="org.camp2iac.health", value=digest))


def _succeeded() -> Block:
    """A run that failed is an error of the apply, and what needs it does not start."""
    condition = expr("self.exit_code == 0")
    message = template("It ended with exit code ", expr("self.exit_code"), ": ", expr("self.container_logs"))
    return Block("lifecycle", body=(Block("postcondition", (), body(condition=condition, error_message=message)),))


def _order(layout: DockerLayout, workload: Workload) -> Attribute | None:
    """The containers that must be ready before."""
    needed = []
    for other in layout.needs(workload):
        balancer = layout.balancers.get(other.id)
        needed.append(ref(f"{CONTAINER}.{balancer.label if balancer else other.label}"))
    return Attribute("depends_on", tuple(needed)) if needed else None


__all__ = ["add", "files", "mount", "names_of", "own_name"]
