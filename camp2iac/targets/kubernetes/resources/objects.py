"""The objects that run pods: Deployment, StatefulSet, Job and CronJob; and the Service in front of them."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, Value, body, expr, ref
from camp2iac.synth.remarks import Remark
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes import resource_types as types
from camp2iac.targets.kubernetes.layout import clocks, names, values
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resources import claims, labels, pods
from camp2iac.targets.kubernetes.resources.pods import PodRun

TYPES = {
    "Deployment": types.DEPLOYMENT,
    "StatefulSet": types.STATEFUL_SET,
    "Job": types.JOB,
    "CronJob": types.CRON_JOB,
}
_PATIENCE = "15m"  # in which a Job must succeed


def address(layout: KubernetesLayout, workload: Workload) -> str:
    """The address of the object that runs a workload."""
    type_ = types.MANIFEST if layout.operator(workload) else TYPES[layout.kind(workload)]
    return f"{type_}.{workload.label}"


def add(made: ModuleBuilder, layout: KubernetesLayout, workload: Workload, run: PodRun, comment: Remark) -> None:
    """Add the object that runs a workload, and its Services."""
    kind = layout.kind(workload)
    spec = {"Deployment": _deployment, "StatefulSet": _stateful_set, "Job": _job, "CronJob": _cron_job}[kind]
    timeouts = Block("timeouts", (), body(create=_PATIENCE)) if kind == "Job" else None
    autoscaled = layout.scales_itself(workload)
    ignored = Attribute("ignore_changes", (expr("spec[0].replicas"),)) if autoscaled else None
    made.resource(
        names.file(workload.node),
        TYPES[kind],
        workload.label,
        labels.metadata(workload.id, labels.labels(layout, workload)),
        Block("spec", (), spec(layout, workload, pods.template(layout, workload, run))),
        timeouts,
        Block("lifecycle", (), (ignored,), "The autoscaler chooses the number of pods") if ignored else None,
        _order(layout, workload),
        comment=comment,
        origin=workload.span,
        wait_for_completion=True if kind == "Job" else None,
    )
    if workload.id in layout.ports:
        _services(made, layout, workload, comment)


def _deployment(layout: KubernetesLayout, workload: Workload, template: Block) -> tuple[Attribute | Block, ...]:
    selector = Block("selector", (), body(match_labels=labels.selector(layout, workload)))
    return body(selector, template, replicas=_replicas(workload))


def _stateful_set(layout: KubernetesLayout, workload: Workload, template: Block) -> tuple[Attribute | Block, ...]:
    selector = Block("selector", (), body(match_labels=labels.selector(layout, workload)))
    found = claims.templates(layout, workload) if workload.many else ()
    return body(selector, template, *found, replicas=_replicas(workload), service_name=workload.id)


def _job(layout: KubernetesLayout, workload: Workload, template: Block) -> tuple[Attribute | Block, ...]:
    return body(template, backoff_limit=0)


def _cron_job(layout: KubernetesLayout, workload: Workload, template: Block) -> tuple[Attribute | Block, ...]:
    schedule = workload.schedule
    assert schedule is not None  # noqa: S101 - only such a workload is a CronJob
    job = body(template, backoff_limit=0, active_deadline_seconds=schedule.deadline)
    return body(
        Block("job_template", (), body(Block("metadata"), Block("spec", (), job))),
        schedule=clocks.expression(schedule.at),
        timezone="Etc/UTC" if schedule.zone == "UTC" else schedule.zone,
        concurrency_policy="Forbid" if schedule.alone else "Allow",
    )


def _replicas(workload: Workload) -> Value:
    return ref(f"var.{names.count(workload.tier.id)}") if workload.many else 1


def _order(layout: KubernetesLayout, workload: Workload) -> Attribute | None:
    """What must be ready before, and the policies that allow to connect to it."""
    reached = {each.destination for each in layout.contacts}
    needed = []
    for other in layout.needs(workload):
        needed.append(ref(address(layout, other)))
        if other.id in reached:
            needed.append(ref(f"{types.NETWORK_POLICY}.{other.label}"))
    if workload.many and layout.kind(workload) == "StatefulSet":
        # It makes the claims that it does not find, so they must be there before
        volumes = (statement.value.name for statement in layout.volumes_of(workload))
        needed += [ref(f"{types.CLAIM}.{claims.label(workload, name)}") for name in volumes]
    if into := workload.into:
        other = next(each for each in layout.workloads if each.id == into)
        needed += [ref(address(layout, other)), ref(f"{types.NETWORK_POLICY}.{other.label}")]
    return Attribute("depends_on", tuple(needed)) if needed else None


def _services(made: ModuleBuilder, layout: KubernetesLayout, workload: Workload, comment: Remark) -> None:
    """The Service with one address for all pods, and one with the addresses of all of them if the plan uses those."""
    balance = workload.tier.balance
    sticky = balance is not None and (balance.value.sticky or balance.value.algorithm == "source")
    for name, cluster_ip in ((workload.id, None), (values.members(workload), "None")):
        if cluster_ip is not None and workload.id not in layout.listed:
            continue
        ports = (
            Block("port", (), body(name=pods.port_name(*each), port=each[1], target_port=each[1], protocol=each[0]))
            for each in layout.ports[workload.id]
        )
        spec = body(
            *ports,
            selector=labels.selector(layout, workload),
            type="ClusterIP",
            cluster_ip=cluster_ip,
            session_affinity="ClientIP" if sticky and cluster_ip is None else None,
        )
        made.resource(
            names.file(workload.node),
            types.SERVICE,
            names.identifier(name),
            labels.metadata(name, labels.labels(layout, workload)),
            Block("spec", (), spec),
            comment=comment if cluster_ip is None else "The addresses of all pods",
            origin=workload.span,
        )
