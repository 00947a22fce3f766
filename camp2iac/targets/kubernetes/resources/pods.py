"""The template of pods: what all of them have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.record import Record, field
from camp2iac.synth.module import Attribute, Block, Commented, Value, body
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resource_types import SERVICE_ACCOUNT
from camp2iac.targets.kubernetes.resources import labels, placement

_GRACE = 30  # the seconds that a process has to end


class PodRun(Record, frozen=True):
    """What a pod runs.

    ``args``: the words after the entrypoint of the image; empty: those of the image. ``user``: its number; None: that
    of the image. ``read_only``: whether the files of the image are. ``writable``: folders that are not. ``revisions``:
    annotations that change when the pods must start again.
    """

    image: Value
    args: tuple[Value, ...] = ()
    environment: tuple[Block, ...] = ()
    probes: tuple[Block, ...] = ()
    mounts: tuple[Block, ...] = ()
    volumes: tuple[Block, ...] = ()
    user: int | None = None
    read_only: bool = False
    writable: tuple[str, ...] = ()
    revisions: Mapping[str, Value] = field(default_factory=dict)


def template(layout: KubernetesLayout, workload: Workload, run: PodRun) -> Block:
    """The ``template`` of a workload."""
    head = body(labels=labels.labels(layout, workload), annotations=run.revisions or None)
    ends = workload.once or workload.schedule is not None
    spec = body(
        Block("security_context", (), _pod_security(layout, run)),
        _container(layout, workload, run),
        *(Block("volume", (), body(Block("empty_dir"), name=f"writable-{n}")) for n, _ in enumerate(run.writable)),
        *run.volumes,
        *placement.blocks(layout, workload),
        service_account_name=labels.name_of(f"{SERVICE_ACCOUNT}.{account(workload)}"),
        automount_service_account_token=False,
        enable_service_links=False,
        restart_policy="Never" if ends else None,
        termination_grace_period_seconds=_GRACE,
    )
    return Block("template", (), body(Block("metadata", (), head), Block("spec", (), spec)))


def account(workload: Workload) -> str:
    """The ServiceAccount of a workload, in Terraform's addresses: all processes of a component have the same."""
    from camp2iac.targets.kubernetes.layout import names

    return names.identifier(workload.node if workload.component else workload.id)


def probes(check: Block) -> tuple[Block, ...]:
    """Starting may take five minutes. A pod gets requests while the check succeeds."""
    start = body(check, period_seconds=5, timeout_seconds=5, failure_threshold=60)
    ready = body(check, period_seconds=5, timeout_seconds=5, failure_threshold=3)
    return Block("startup_probe", (), start), Block("readiness_probe", (), ready)


def command(words: Sequence[str]) -> tuple[Block, ...]:
    """The probes of a command that succeeds when clients can connect."""
    return probes(Block("exec", (), body(command=tuple(words)))) if words else ()


def shell(line: str) -> tuple[Value, ...]:
    """The words that run a command line."""
    return ("sh", "-c", Commented(line, "")) if line else ()


def _container(layout: KubernetesLayout, workload: Workload, run: PodRun) -> Block:
    requests, limits = layout.requests(workload), layout.limits(workload)
    resources = Block("resources", (), body(requests=requests or None, limits=limits or None)) if requests else None
    ports = (
        Block("port", (), body(name=port_name(protocol, port), container_port=port, protocol=protocol))
        for protocol, port in layout.ports.get(workload.id, ())
    )
    writable = (
        Block("volume_mount", (), body(name=f"writable-{n}", mount_path=path)) for n, path in enumerate(run.writable)
    )
    return Block(
        "container",
        (),
        body(
            *ports,
            *run.environment,
            resources,
            *run.probes,
            *writable,
            *run.mounts,
            Block("security_context", (), _security(run)),
            name=workload.id,
            image=run.image,
            args=run.args or None,
        ),
    )


def port_name(protocol: str, port: int) -> str:
    """The name of a port: at most 15 characters."""
    return f"{protocol.lower()}-{port}"


def _pod_security(layout: KubernetesLayout, run: PodRun) -> tuple[Attribute | Block, ...]:
    """Pods without rights. OpenShift chooses the numbers of users itself."""
    user = None if layout.settings.routing == "route" else run.user
    return body(
        Block("seccomp_profile", (), body(type="RuntimeDefault")),
        run_as_non_root=True,
        run_as_user=user,
        run_as_group=user,
        fs_group=user,
        fs_group_change_policy="OnRootMismatch" if user is not None else None,
    )


def _security(run: PodRun) -> tuple[Attribute | Block, ...]:
    """Rights of a container. The provider writes ``false`` for ``run_as_non_root`` if it is not set."""
    return body(
        Block("capabilities", (), body(drop=("ALL",))),
        allow_privilege_escalation=False,
        run_as_non_root=True,
        read_only_root_filesystem=run.read_only,
    )
