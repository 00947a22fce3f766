"""CAMP311: no registry can have the images. CAMP645: ``build: true`` needs a registry with its host, which Terraform
logs in to.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.containers.layout import given
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout

_IMAGE = "image"


def check(layout: KubernetesLayout) -> Iterator[Diagnostic]:
    """Check that the images which Terraform builds have a place."""
    settings = layout.settings
    if settings.registry and (fault := given.unfit(f"{settings.registry}/{_IMAGE}")):
        yield Diagnostic(
            "CAMP311",
            f"registry is not a registry: {settings.registry}",
            settings.environment.span("registry"),
            label=fault,
            help="write for example  registry: registry.example.org/shop  or  registry: registry.example.org:5000/shop",
        )
        return
    if not settings.builds:
        return
    environment, host = settings.environment, settings.registry.partition("/")[0]
    if not host:
        yield Diagnostic(
            "CAMP645",
            "Terraform builds the images, and the environment file does not say where it pushes them",
            environment.span("build"),
            label="it needs a registry",
            help="write for example  registry: registry.example.org/shop",
        )
    elif not {".", ":"} & set(host) and host != "localhost":
        yield Diagnostic(
            "CAMP645",
            f"Terraform logs in to the registry by its host, and {settings.registry} has none",
            environment.span("registry"),
            label="for Docker, this is a folder of Docker Hub",
            help=f"write  registry: docker.io/{settings.registry}  if it is one",
        )
