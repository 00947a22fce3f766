"""Variables: the plan's parameters and secrets, the numbers of pods, and the registry."""

from __future__ import annotations

from camp2iac.targets.containers.resources import variables
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout

_MANY = "Number of pods of each process on the tier {}."
_FIRST = "Number of pods of each process on the tier {} at first. Autoscalers then choose it."


def add(made: ModuleBuilder, layout: KubernetesLayout) -> None:
    """Add all variables, and generated secrets."""
    variables.add_given(made, layout)
    variables.add_counts(made, layout, _FIRST if any(map(layout.scales_itself, layout.workloads)) else _MANY)
    if any(not image.name for image in layout.images.values()):
        given = layout.settings.text("registry")
        made.variable(
            "registry",
            "The registry and the folder in it that have the images of components.",
            "string",
            given or None,
            comment=made.by("registry") if given else "",
            origin=layout.settings.environment.span("registry"),
        )
