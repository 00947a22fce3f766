"""What is wrong with the content of components, found while their images were prepared."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.containers.layout.layout import ContainerLayout


def check(layout: ContainerLayout) -> Iterator[Diagnostic]:
    """The faults of all images."""
    for image in layout.images.values():
        yield from image.faults
