"""Variables: the plan's parameters and secrets, the numbers of containers, and ports."""

from __future__ import annotations

from camp2iac.targets.docker.layout import names
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.variables import validation, whole


def add(made: ModuleBuilder, layout: DockerLayout) -> None:
    """Add all variables, and generated secrets."""
    for parameter in layout.topology.parameters.values():
        made.parameter(parameter, names.variable(parameter.id))
    for secret in layout.topology.secrets.values():
        generated = secret.length is not None
        made.secret(secret, names.identifier(secret.id) if generated else names.variable(secret.id))
    _counts(made, layout)
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


def _counts(made: ModuleBuilder, layout: DockerLayout) -> None:
    """Add the number of containers of each tier that can have several."""
    for tier in {each.tier.id: each.tier for each in layout.workloads if each.many}.values():
        if tier.scale is None:
            continue
        scale, name = tier.scale.value, names.count(tier.id)
        made.variable(
            name,
            f"Number of containers of each process on the tier {tier.id}.",
            "number",
            scale.initial,
            validation(
                whole(name, scale.minimum, scale.maximum),
                f"The plan allows {scale.minimum} to {scale.maximum} instances of {tier.id}.",
            ),
            comment=made.plan(f"{tier.scale.subject.heading}, Scale"),
            origin=tier.scale.span,
        )
