"""The objects of services that an operator runs: its object, the secret, and a Job that loads artifacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.synth.module import Attribute, Block, Document, Value, body, call, ref
from camp2iac.targets.containers.layout.credentials import databases, login
from camp2iac.targets.containers.layout.services import ServiceContainer
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes import operators
from camp2iac.targets.kubernetes import resource_types as types
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.operators import Operator
from camp2iac.targets.kubernetes.resources import accounts, files, labels, objects
from camp2iac.targets.kubernetes.resources.files import MountedFile
from camp2iac.targets.kubernetes.resources.pods import PodRun

_START = "/usr/local/bin/camp-load"
_FILES = "camp2iac.org/files"
_PATIENCE = "15m"


def add(made: ModuleBuilder, layout: KubernetesLayout, container: ServiceContainer) -> None:
    """Add all objects of a service that an operator runs."""
    service, operator = container.service, layout.operated[container.service.id]
    file = names.file(service.id)
    workload = next(each for each in layout.workloads if layout.operator(each) and each.service.id == service.id)
    made.module.headers[file] = made.plan(service.id)
    user = login(layout.known, service)
    made.resource(
        file,
        types.SECRET,
        workload.label,
        labels.metadata(_secret(operator, workload), {**labels.labels(layout, workload), **operator.secret.labels}),
        Attribute("type", operator.secret.type),
        Attribute("data", {operator.secret.user: user.user, operator.secret.password: user.password}),
        comment=made.plan(service.id),
        origin=workload.span,
    )
    head: dict[str, Value] = {
        "name": workload.id,
        "namespace": labels.NAMESPACE,
        "labels": labels.labels(layout, workload),
    }
    spec = _filled(operator.spec, _values(layout, container, workload, operator))
    condition = Block("condition", (), body(type=operator.ready, status="True"))
    made.resource(
        file,
        types.MANIFEST,
        workload.label,
        Block("wait", (), body(condition)),
        Block("timeouts", (), body(create=_PATIENCE, update=_PATIENCE)),
        comment=made.by("operators"),
        origin=workload.span,
        manifest={"apiVersion": operator.api_version, "kind": operator.kind, "metadata": head, "spec": spec},
    )
    for load in layout.workloads:
        if load.into == workload.id:
            _load(made, layout, container, load)


def documents(layout: KubernetesLayout, container: ServiceContainer) -> Iterator[tuple[str, Document]]:
    """The files of the module's folder that the Job gets, by their paths in the container."""
    loaded = [item for job in container.jobs for item in job.files.items()]
    if loaded:
        script = operators.script(layout.operated[container.service.id])
        yield _START, Document(f"load/{container.service.id}/camp-load", script, True, container.service.span)
        yield from loaded


def _secret(operator: Operator, workload: Workload) -> str:
    return operator.secret.name.format(id=workload.id)


def _values(
    layout: KubernetesLayout, container: ServiceContainer, workload: Workload, operator: Operator
) -> Mapping[str, Value]:
    """What the operator's ``spec`` can contain. What is missing has no value."""
    user = login(layout.known, container.service)
    pull, class_ = layout.settings.text("pull_secret"), layout.settings.text("storage_class")
    found: dict[str, Value] = {
        "image": container.image,
        "instances": ref(f"var.{names.count(workload.tier.id)}") if workload.many else 1,
        "labels": labels.of_application(layout),
        "database": databases(layout.known, container.service)[0],
        "user": user.user,
        "secret": labels.name_of(f"{types.SECRET}.{workload.label}"),
    }
    for statement in layout.volumes_of(workload):
        found["size"] = f"{statement.value.size}Gi"
    if class_:
        found["storage_class"] = class_
    if pull:
        found["pull_secrets"] = ({"name": pull},)
    if requests := layout.requests(workload):
        found["resources"] = {"requests": requests, "limits": layout.limits(workload)}
    return found


def _filled(spec: Mapping[str, object], values: Mapping[str, Value]) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for key, form in spec.items():
        if isinstance(form, Mapping):
            if inside := _filled(form, values):
                found[key] = inside
        elif isinstance(form, str) and form.startswith("{"):
            if form[1:-1] in values:
                found[key] = values[form[1:-1]]
        elif isinstance(form, str | bool | int):
            found[key] = form
    return found


def _load(made: ModuleBuilder, layout: KubernetesLayout, container: ServiceContainer, load: Workload) -> None:
    """The Job that loads artifacts. A change of these is another Job; the script knows what was loaded before."""
    file, operator = names.file(container.service.id), layout.operated[container.service.id]
    mounted = tuple(files.document(path, each) for path, each in documents(layout, container))
    text, binary = files.keys(mounted), files.keys(mounted, binary=True)
    made.resource(
        file,
        types.CONFIG_MAP,
        load.label,
        labels.metadata(f"{load.id}-files", labels.labels(layout, load)),
        Attribute("data", text) if text else None,
        Attribute("binary_data", binary) if binary else None,
        comment=made.plan(container.service.id),
        origin=load.span,
    )
    accounts.add(made, layout, load, file, load.label)
    comment = made.plan(f"{container.service.id}: what is loaded")
    objects.add(made, layout, load, _run(layout, container, load, operator, mounted), comment)


def _run(
    layout: KubernetesLayout,
    container: ServiceContainer,
    load: Workload,
    operator: Operator,
    mounted: tuple[MountedFile, ...],
) -> PodRun:
    here = f"{types.CONFIG_MAP}.{load.label}"
    volume = Block("config_map", (), body(name=labels.name_of(here), default_mode="0555"))
    secret = labels.name_of(f"{types.SECRET}.{names.identifier(load.into)}")
    environment = [Block("env", (), body(name="PGHOST", value=operator.service.format(id=load.into)))]
    for name, key in (("PGUSER", operator.secret.user), ("PGPASSWORD", operator.secret.password)):
        source = Block("secret_key_ref", (), body(name=secret, key=key))
        environment.append(Block("env", (), body(Block("value_from", (), body(source)), name=name)))
    maps = {"data": files.keys(mounted), "binary_data": files.keys(mounted, binary=True)}
    data = tuple(ref(here, f".{key}") for key, each in maps.items() if each)
    return PodRun(
        container.image,
        ("bash", _START),
        tuple(environment),
        (),
        tuple(files.mounts(mounted)),
        (Block("volume", (), body(volume, name="files")),),
        operator.user,
        True,
        ("/tmp",),  # noqa: S108 - of a container
        {_FILES: call("sha256", call("jsonencode", data))},
    )
