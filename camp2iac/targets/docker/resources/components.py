"""The containers of a component: its image, its variables, and a container for each process."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.synth.module import Attribute, Block, Commented, Value, body, expr, ref
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.builds import ComponentImage
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.containers.resources import engine
from camp2iac.targets.containers.resources.told import digest, separated, told
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.docker.resource_types import IMAGE
from camp2iac.targets.docker.resources import containers, ports, schedules, volumes
from camp2iac.targets.docker.resources.uploads import upload
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.topology.model import Component


def add(made: ModuleBuilder, layout: DockerLayout, component: Component) -> None:
    """Add all resources of a component that can run."""
    file, image = names.file(component.id), layout.images[component.id]
    made.module.headers[file] = made.plan(component.id)
    if found := [*_counted(layout, component), *told(layout.configurations[component.id], component, _how(image))]:
        made.locals(file, *found)
    _image(made, layout, component, image)
    volumes.add(made, layout, component)
    for workload in layout.workloads:
        if workload.component is not None and workload.component.id == component.id:
            _process(made, layout, workload, image)


def _counted(layout: DockerLayout, component: Component) -> Iterator[Attribute]:
    """The names of the containers of each process that can have several."""
    for workload in layout.workloads:
        if workload.component is not None and workload.component.id == component.id and workload.many:
            yield containers.names_of(workload)


def _how(image: ComponentImage) -> str:
    """How the processes get secrets."""
    if image.secrets:
        return "The containers get these as files in /run/secrets, not as variables that `docker inspect` shows."
    return "The image reads no files, so these are variables, which `docker inspect` shows."


def _image(made: ModuleBuilder, layout: DockerLayout, component: Component, image: ComponentImage) -> None:
    """The image: pulled from a registry, or built from ``build/COMPONENT``."""
    label, file = names.identifier(component.id), names.file(component.id)
    if image.name:
        made.resource(
            file,
            IMAGE,
            label,
            comment=made.plan(component.id),
            origin=component.span,
            name=image.name,
            keep_locally=True,
        )
        return
    found = digest(image)
    triggers, build = engine.build(image)
    made.resource(
        file,
        IMAGE,
        label,
        build,
        Block("lifecycle", (), body(create_before_destroy=True), "If a build fails, the image before it stays"),
        comment=made.plan(component.id),
        origin=component.span,
        name=f"{names.application(layout.topology)}-{names.word(component.id)}:{found[:12]}",
        triggers=triggers,
    )


def _process(made: ModuleBuilder, layout: DockerLayout, workload: Workload, image: ComponentImage) -> None:
    component = workload.component
    assert component is not None  # noqa: S101 - the caller selects those of a component
    label = names.identifier(component.id)
    configuration = layout.configurations[component.id]
    values: list[Value] = [ref(f"local.{label}_environment")] if configuration.plain else []
    files: list[Block] = []
    if configuration.secret and image.secrets:
        secrets = ref(f"local.{label}_secrets")
        files = containers.files(
            [(f"/run/secrets/{name}", expr(secrets, f".{name}"), "0444") for name in configuration.secret]
        )
    elif configuration.secret:
        values.append(ref(f"local.{label}_secrets"))
    variables = expr("merge(", *separated(values), ")") if len(values) > 1 else values[0] if values else None
    env = expr("[for name, value in ", variables, ' : "${name}=${value}"]') if variables is not None else None
    said = f"Process: {workload.process}" if workload.statement else ""
    if workload.schedule is not None:
        said = f"Schedule: {workload.schedule.name}"
        files.append(upload(schedules.PATH, schedules.document()))
    run = containers.ContainerRun(
        ref(f"{IMAGE}.{label}", ".image_id"),
        made.plan(f"{component.id}, {said}" if said else component.id),
        ready(layout, workload, image),
        schedules.command(workload.schedule) if workload.schedule else _command(workload),
    )
    containers.add(
        made,
        layout,
        workload,
        run,
        Attribute("env", env) if env is not None else None,
        Attribute("init", True, comment="A process with the number 1 would ignore signals that it does not handle"),
        *ports.of(layout, workload),
        *files,
        *volumes.mounts(layout, workload),
    )


def _command(workload: Workload) -> tuple[Value, ...]:
    return ("sh", "-c", Commented(workload.line, "")) if workload.line else ()


def ready(layout: DockerLayout, workload: Workload, image: ComponentImage) -> tuple[str, ...]:
    """The command that succeeds when a process listens. An image that is not generated may have no bash."""
    port = layout.known.ports.get(workload.node)
    if not workload.serves or port is None or not image.secrets:
        return ()
    return ("bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{port}")
