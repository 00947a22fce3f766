"""CAMP311: the environment file gives a service an image whose name no registry accepts."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.containers.layout import given
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout


def check(layout: KubernetesLayout) -> Iterator[Diagnostic]:
    """Check the images of services."""
    yield from given.images_of_services(layout.settings.environment, layout.topology)
