"""Check the names of container images in registries (CAMP229)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic
from camp2iac.topology import images
from camp2iac.topology.model import Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Each name must be one that registries accept."""
    for component in topology.components.values():
        href, text = component.content.href, images.reference(component)
        if href is None or text is None:
            continue
        try:
            images.parsed(text)
        except ValueError as fault:
            yield Diagnostic(
                "CAMP229",
                f"the content of {component.name} is not the name of an image: {href.value}",
                href.span,
                label="not a name that registries accept",
                notes=(str(fault),),
                help=f"write, for example,  href: {images.EXAMPLE}",
            )
