"""Which of the volumes of a service has its data."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.topology.model import Service, Volume


def ordered(service: Service, volumes: Iterable[Volume]) -> list[Volume]:
    """The volumes of a service, the one with its data first.

    The data is on the volume that is mounted at the product's data folder, or on one without a mount. Of several
    volumes without a mount, it is the one named ``data``, or the first by name: their order in the plan has no meaning.
    """
    where = f"{service.product.data}/"
    return sorted(
        volumes,
        key=lambda volume: (
            volume.mount is not None and not where.startswith(f"{volume.mount.rstrip('/')}/"),
            volume.name != "data",
            volume.name,
        ),
    )
