"""Outputs: the URLs of components."""

from __future__ import annotations

from camp2iac.synth.module import Value, ref, template
from camp2iac.targets.containers.layout import names
from camp2iac.targets.docker.layout.endpoints import PublishedPort
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit import ModuleBuilder


def add(made: ModuleBuilder, layout: DockerLayout) -> None:
    """Add an output for each published port: ``NAME_url`` for the first of a component."""
    named: set[str] = set()
    for port in layout.published:
        stem = f"{names.identifier(port.component.id)}_url"
        made.output(
            stem if stem not in named else f"{stem}_{port.listen}",
            f"URL of {port.component.id}.",
            url(port),
            made.plan(f"{port.component.id}, Expose" if port.exposure else port.component.id),
            port.exposure.span if port.exposure else port.component.span,
        )
        named.add(stem)


def url(port: PublishedPort) -> Value:
    """The URL for a browser on the computer that runs the engine."""
    variable = ref(f"var.{port.variable}")
    if port.protocol != "http":
        return template(f"{port.protocol}://localhost:", variable)
    return template("http://localhost:", variable, port.path)
