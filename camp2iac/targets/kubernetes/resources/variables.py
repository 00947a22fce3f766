"""Variables: the plan's parameters and secrets, the numbers of pods, and the registry."""

from __future__ import annotations

from camp2iac.synth.module import call, ref
from camp2iac.targets.containers.resources import variables
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.variables import validation
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout

_DOMAIN = "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
_MANY = "Number of pods of each process on the tier {}."
_FIRST = "Number of pods of each process on the tier {} at first. Autoscalers then choose it."


def add(made: ModuleBuilder, layout: KubernetesLayout) -> None:
    """Add all variables, and generated secrets."""
    variables.add_given(made, layout)
    variables.add_counts(made, layout, _FIRST if any(map(layout.scales_itself, layout.workloads)) else _MANY)
    if any(each.asks for each in layout.ends):
        domain = names.own(layout.topology, "domain")
        described = "The domain of components for which the plan has no hosts: COMPONENT.domain."
        fitting = call("can", call("regex", _DOMAIN, ref(f"var.{domain}")))
        fault = "A domain has small letters, digits, dashes and dots, such as apps.example.org."
        made.variable(domain, described, "string", None, validation(fitting, fault))
    if any(not image.name for image in layout.images.values()) and not layout.settings.builds:
        given = layout.settings.registry
        made.variable(
            names.own(layout.topology, "registry"),
            "The registry and the folder in it that have the images of components.",
            "string",
            given or None,
            comment=made.by("registry") if given else "",
            origin=layout.settings.environment.span("registry"),
        )
