"""Outputs: the URLs of components."""

from __future__ import annotations

from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resources import routing


def add(made: ModuleBuilder, layout: KubernetesLayout) -> None:
    """Add an output for each endpoint: ``NAME_url`` for the first of a component."""
    for end in layout.ends:
        made.output(
            end.output,
            f"URL of {end.component.id}.",
            routing.address(layout, end),
            made.plan(f"{end.component.id}, Expose" if end.exposure else end.component.id),
            end.exposure.span if end.exposure else end.component.span,
        )
