"""Variables: the plan's parameters and secrets, and the numbers of containers."""

from __future__ import annotations

from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.layout import ContainerLayout
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.variables import validation, whole


def add_given(made: ModuleBuilder, layout: ContainerLayout) -> None:
    """Add the variables of parameters and secrets, and generated secrets."""
    for parameter in layout.topology.parameters.values():
        made.parameter(parameter, names.variable(parameter.id))
    for secret in layout.topology.secrets.values():
        generated = secret.length is not None
        made.secret(secret, names.identifier(secret.id) if generated else names.variable(secret.id))


def add_counts(made: ModuleBuilder, layout: ContainerLayout, what: str) -> None:
    """Add the number of containers of each tier that can have several. ``what``: the description, with ``{}``."""
    for tier in {each.tier.id: each.tier for each in layout.workloads if each.many}.values():
        scale, name = layout.numbers(tier), names.count(tier.id)
        if tier.scale is None or scale is None:
            continue
        made.variable(
            name,
            what.format(tier.id),
            "number",
            scale.initial,
            validation(
                whole(name, scale.minimum, scale.maximum),
                f"The plan allows {scale.minimum} to {scale.maximum} instances of {tier.id}.",
            ),
            comment=made.plan(f"{tier.scale.subject.heading}, Scale"),
            origin=tier.scale.span,
        )
