"""Variables: the plan's parameters and secrets, the numbers of containers, and ports."""

from __future__ import annotations

from camp2iac.targets.containers.resources import variables
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.variables import validation, whole


def add(made: ModuleBuilder, layout: DockerLayout) -> None:
    """Add all variables, and generated secrets."""
    variables.add_given(made, layout)
    variables.add_counts(made, layout, "Number of containers of each process on the tier {}.")
    for port in layout.published:
        given = made.by("ports") if port.given else ""
        made.variable(
            port.variable,
            f"Port of {port.component.id} on the computer that runs the engine.",
            "number",
            port.port,
            validation(whole(port.variable, 1, 65535), "A port is a whole number from 1 to 65535."),
            comment=given or made.plan(f"{port.component.id}, Expose" if port.exposure else port.component.id),
            origin=port.given or (port.exposure.span if port.exposure else port.component.span),
        )
