"""The releases of products and operating systems on instances."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.facts import Installed
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def of(layout: OpenStackLayout) -> Iterator[Installed]:
    """The release of each service on instances, if it is known, and the operating system of each tier."""
    for id_, source in layout.sources.items():
        if source.release is not None and id_ not in layout.before:
            yield Installed(layout.topology.services[id_].product.title, source.words, id_)
    for id_, image in layout.images.items():
        if id_ not in layout.before:
            yield Installed("operating system", image.system, id_)
