"""The containers of services."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Commented, Value, ref, template
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.services import ServiceContainer
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.docker.resource_types import IMAGE
from camp2iac.targets.docker.resources import containers, uploads, volumes
from camp2iac.targets.kit import ModuleBuilder


def add(made: ModuleBuilder, layout: DockerLayout, container: ServiceContainer) -> None:
    """Add the image, the volumes and the containers of a service."""
    service, label = container.service, names.identifier(container.service.id)
    file = names.file(service.id)
    workload = next(each for each in layout.workloads if each.component is None and each.service.id == service.id)
    made.module.headers[file] = made.plan(service.id)
    given = layout.settings.image(service)[1]
    made.resource(
        file,
        IMAGE,
        label,
        comment=made.by("images") if given else made.plan(service.id),
        origin=given or service.span,
        name=container.image,
        keep_locally=True,
    )
    if workload.many:
        made.locals(file, containers.names_of(workload))
    volumes.add_all(made, layout, workload)
    env = tuple(_pair(name, value) for name, value in container.environment.items())
    files = [(path, value, "0444") for path, value in container.files.items()]
    run = containers.ContainerRun(
        ref(f"{IMAGE}.{label}", ".image_id"),
        made.plan(service.id),
        container.ready,
        tuple(Commented(word, "") if isinstance(word, str) else word for word in container.command),
    )
    containers.add(
        made,
        layout,
        workload,
        run,
        Attribute("env", env) if env else None,
        *containers.files(files),
        *(uploads.upload(path, document) for path, document in container.scripts.items()),
        *(uploads.upload(path, document) for loaded in container.jobs for path, document in loaded.files.items()),
        *volumes.mounts(layout, workload),
    )


def _pair(name: str, value: Value) -> Value:
    return f"{name}={value}" if isinstance(value, str) else template(f"{name}=", value)
