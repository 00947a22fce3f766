"""The objects of services: the official image, its files and its data."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, Commented, Value, body, call, ref
from camp2iac.targets.containers.layout.services import ServiceContainer
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.containers.offers import WithoutRoot
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes import resource_types as types
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resources import accounts, claims, files, labels, objects, pods
from camp2iac.targets.kubernetes.resources.files import MountedFile
from camp2iac.targets.kubernetes.resources.pods import PodRun

_FILES, _SECRETS = "camp2iac.org/files", "camp2iac.org/secrets"


def add(made: ModuleBuilder, layout: KubernetesLayout, container: ServiceContainer) -> None:
    """Add all objects of a service."""
    service = container.service
    file, mounted = names.file(service.id), files.of(container)
    workload = next(each for each in layout.workloads if each.component is None and each.service.id == service.id)
    made.module.headers[file] = made.plan(service.id)
    if workload.many and layout.kind(workload) == "StatefulSet":
        made.locals(file, claims.counted(workload))
    _files(made, layout, workload, mounted)
    accounts.add(made, layout, workload, file, workload.label)
    claims.add(made, layout, workload)
    given = layout.settings.image(service)[1]
    comment = made.by("images") if given else made.plan(service.id)
    objects.add(made, layout, workload, _run(layout, workload, container, mounted), comment)


def _files(made: ModuleBuilder, layout: KubernetesLayout, workload: Workload, mounted: tuple[MountedFile, ...]) -> None:
    """The ConfigMap and the Secret with its files."""
    file, own = names.file(workload.node), labels.labels(layout, workload)
    text, binary = files.keys(mounted), files.keys(mounted, binary=True)
    if text or binary:
        made.resource(
            file,
            types.CONFIG_MAP,
            workload.label,
            labels.metadata(f"{workload.id}-files", own),
            Attribute("data", text) if text else None,
            Attribute("binary_data", binary) if binary else None,
            comment=made.plan(workload.node),
            origin=workload.span,
        )
    if any(each.secret for each in mounted):
        made.resource(
            file,
            types.SECRET,
            workload.label,
            labels.metadata(f"{workload.id}-secrets", own),
            files.secrets(mounted),
            comment=made.plan(workload.node),
            origin=workload.span,
        )
        secrets = tuple(each.text for each in mounted if each.secret)
        accounts.add_revision(made, file, workload.label, secrets, workload.span)


def _run(
    layout: KubernetesLayout, workload: Workload, container: ServiceContainer, mounted: tuple[MountedFile, ...]
) -> PodRun:
    known = container.offer.without_root if layout.settings.image(container.service)[0] is None else None
    offer = known or WithoutRoot()
    environment = {**container.environment, **offer.environment}
    label = workload.label
    volumes: list[Block] = []
    revisions: dict[str, Value] = {}
    if any(not each.secret for each in mounted):
        here = body(name=labels.name_of(f"{types.CONFIG_MAP}.{label}"), default_mode="0555")
        volumes.append(Block("volume", (), body(Block("config_map", (), here), name="files")))
        # Only what is set: the provider reads null as an empty map the next time
        given = {"data": files.keys(mounted), "binary_data": files.keys(mounted, binary=True)}
        data = [ref(f"{types.CONFIG_MAP}.{label}", f".{key}") for key, each in given.items() if each]
        revisions[_FILES] = call("sha256", call("jsonencode", tuple(data)))
    if any(each.secret for each in mounted):
        here = body(secret_name=labels.name_of(f"{types.SECRET}.{label}"), default_mode="0440")
        volumes.append(Block("volume", (), body(Block("secret", (), here), name="secrets")))
        revisions[_SECRETS] = ref(f"{types.REVISION}.{label}", ".id")
    args: tuple[Value, ...] = tuple(
        Commented(word, "") if isinstance(word, str) else word for word in container.command
    )
    return PodRun(
        container.image,
        args,
        tuple(Block("env", (), body(name=name, value=value)) for name, value in environment.items()),
        pods.command(container.ready),
        (*files.mounts(mounted), *claims.mounts(layout, workload)),
        (*volumes, *claims.volumes(layout, workload)),
        layout.settings.user(container.service) or offer.user or None,
        known is not None,
        ("/tmp", *offer.writable) if known is not None else (),  # noqa: S108 - of a container
        revisions,
    )
