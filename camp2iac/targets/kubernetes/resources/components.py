"""The objects of a component: its variables and secrets, and an object for each process."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.synth.module import Attribute, Block, Value, body, call, ref, template
from camp2iac.targets.containers import offers
from camp2iac.targets.containers.layout.builds import ComponentImage
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.containers.resources.told import digest, told
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes import resource_types as types
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resources import accounts, claims, labels, objects, pods, pushing
from camp2iac.targets.kubernetes.resources.pods import PodRun
from camp2iac.topology.model import Component

USER = 10001  # of generated images
_CONFIGURATION, _SECRETS = "camp2iac.org/configuration", "camp2iac.org/secrets"


def add(made: ModuleBuilder, layout: KubernetesLayout, component: Component) -> None:
    """Add all objects of a component that can run."""
    file, image = names.file(component.id), layout.images[component.id]
    made.module.headers[file] = made.plan(component.id)
    own = [each for each in layout.workloads if each.component is not None and each.component.id == component.id]
    counted = [claims.counted(each) for each in own if each.many and layout.kind(each) == "StatefulSet"]
    if not image.name and layout.settings.builds:
        pushing.add(made, layout, component, f"{layout.settings.registry}/{tagged(layout, component)}")
    if found := [*counted, *told(layout.configurations[component.id], component, _how(image))]:
        made.locals(file, *found)
    label = names.identifier(component.id)
    node = next((each for each in own if each.serves), own[-1])
    _configuration(made, layout, component, node)
    accounts.add(made, layout, node, file, label)
    if layout.volumes_of(owner := layout.owner(own[-1])):
        claims.add(made, layout, owner)
    for workload in own:
        said = f"Process: {workload.process}" if workload.statement else ""
        said = f"Schedule: {workload.schedule.name}" if workload.schedule else said
        comment = made.plan(f"{component.id}, {said}" if said else component.id)
        objects.add(made, layout, workload, _run(layout, workload, image), comment)


def reference(layout: KubernetesLayout, component: Component) -> Value:
    """The image of a component: in its registry, or in that of the environment with the digest of its content.

    With ``build: true``, it is a reference to the resource that pushes it.
    """
    image = layout.images[component.id]
    if image.name:
        return image.name
    if layout.settings.builds:
        return ref(f"{types.PUSHED}.{names.identifier(component.id)}", ".name")
    return template(ref(f"var.{names.own(layout.topology, 'registry')}"), f"/{tagged(layout, component)}")


def tagged(layout: KubernetesLayout, component: Component) -> str:
    """The name and the tag of an image that is built."""
    found = digest(layout.images[component.id])[:12]
    return f"{names.application(layout.topology)}-{component.id}:{found}"


def _how(image: ComponentImage) -> str:
    if image.secrets:
        return "The pods get these as files in /run/secrets, not as variables."
    return "The image reads no files, so these are variables of its processes."


def _configuration(made: ModuleBuilder, layout: KubernetesLayout, component: Component, node: Workload) -> None:
    """The ConfigMap with the variables, and the Secret."""
    file, label, told_ = names.file(component.id), names.identifier(component.id), layout.configurations[component.id]
    own = labels.labels(layout, node)
    kinds = ((types.CONFIG_MAP, "environment", told_.plain), (types.SECRET, "secrets", told_.secret))
    for type_, what, given in kinds:
        if given:
            made.resource(
                file,
                type_,
                label,
                labels.metadata(f"{names.shortened(component.id)}-{what}", own),
                Attribute("data", ref(f"local.{label}_{what}")),
                comment=made.plan(component.id),
                origin=component.span,
            )
    if told_.secret:
        accounts.add_revision(made, file, label, ref(f"local.{label}_secrets"), component.span)


def _run(layout: KubernetesLayout, workload: Workload, image: ComponentImage) -> PodRun:
    component = image.component
    label, told_ = names.identifier(component.id), layout.configurations[component.id]
    files = bool(told_.secret) and image.secrets
    secret = labels.name_of(f"{types.SECRET}.{label}")
    mounted = Block("volume_mount", (), body(name="secrets", mount_path="/run/secrets", read_only=True))
    from_secret = Block("secret", (), body(secret_name=secret, default_mode="0440"))
    volume = Block("volume", (), body(from_secret, name="secrets"))
    generated = image.secrets and not image.name
    runtime = offers.runtime(workload.service.product)
    writable = runtime.without_root.writable if runtime is not None and runtime.without_root is not None else ()
    return PodRun(
        reference(layout, component),
        pods.shell(workload.line),
        tuple(_environment(layout, image)),
        _probes(layout, workload),
        (*([mounted] if files else []), *claims.mounts(layout, workload)),
        (*([volume] if files else []), *claims.volumes(layout, workload)),
        layout.settings.user(component) or (USER if generated else None),
        generated,
        ("/tmp", *writable) if generated else (),  # noqa: S108 - of a container
        dict(_revisions(layout, image)),
    )


def _environment(layout: KubernetesLayout, image: ComponentImage) -> Iterator[Block]:
    label, told_ = names.identifier(image.component.id), layout.configurations[image.component.id]
    if told_.plain:
        name = labels.name_of(f"{types.CONFIG_MAP}.{label}")
        yield Block("env_from", (), body(Block("config_map_ref", (), body(name=name))))
    if told_.secret and not image.secrets:
        name = labels.name_of(f"{types.SECRET}.{label}")
        yield Block("env_from", (), body(Block("secret_ref", (), body(name=name))))


def _revisions(layout: KubernetesLayout, image: ComponentImage) -> Iterator[tuple[str, Value]]:
    """Annotations that change with the variables: otherwise, running pods would keep the ones that they have."""
    label, told_ = names.identifier(image.component.id), layout.configurations[image.component.id]
    if told_.plain:
        yield _CONFIGURATION, call("sha256", call("jsonencode", ref(f"local.{label}_environment")))
    if told_.secret:
        yield _SECRETS, ref(f"{types.REVISION}.{label}", ".id")


def _probes(layout: KubernetesLayout, workload: Workload) -> tuple[Block, ...]:
    """A request if the plan names a path for it; otherwise, a connection."""
    ports = [port for protocol, port in layout.ports.get(workload.id, ()) if protocol == "TCP"]
    if not ports:
        return ()
    balance = workload.tier.balance
    path = balance.value.health if balance is not None else None
    if path:
        return pods.probes(Block("http_get", (), body(path=path, port=str(ports[0]))))
    return pods.probes(Block("tcp_socket", (), body(port=str(ports[0]))))


__all__ = ["USER", "add", "reference", "tagged"]
