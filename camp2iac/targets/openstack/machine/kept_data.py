"""The data of services, for companions that keep or fill it: by a template of the product, or as folders."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.catalogue.companion import AskedCompanion, Companion
from camp2iac.catalogue.model import Product
from camp2iac.targets.openstack.machine.storage import owner
from camp2iac.topology.model import Service, Tier, Topology


def has_file(companion: Companion, product: Product) -> bool:
    """Whether a product has a template for a companion, which then knows its data."""
    form = companion.machine.services
    return form is not None and (product.folder / "templates" / form.template).is_file()


def unreadable(companion: Companion, product: Product) -> bool:
    """Whether a companion cannot have a product's data: a server changes its files, and it has no template for it."""
    return bool(product.data and product.link) and not has_file(companion, product)


def folders(companion: Companion, product: Product, data: str, mounts: Sequence[str]) -> tuple[str, ...]:
    """The folders of a service that a companion can read and write file by file.

    ``data``: the folder of its data, on the first of ``mounts`` if it has a volume; empty: the product keeps none.
    """
    known = bool(product.data) and (has_file(companion, product) or unreadable(companion, product))
    if mounts:
        return tuple(mounts[1:] if known else mounts)
    return (data,) if data and not known else ()


def filling(asked: Sequence[AskedCompanion]) -> AskedCompanion | None:
    """The companion that fills new data."""
    return next((each for each in asked if (fill := each.companion.machine.fill) and each.has(fill.setting)), None)


def concerns(companion: Companion, topology: Topology, tier: Tier) -> bool:
    """Whether a companion is on the instances of a tier: on all, or on those with data that it can have."""
    if not companion.machine.only_data:
        return True
    volumes = [owner(topology, tier, statement) for statement in tier.volumes]
    for service in _services(topology, tier):
        product, mounts = service.product, ["a volume"] * volumes.count(service.id)
        if has_file(companion, product) or folders(companion, product, product.data or "", mounts):
            return True
    return False


def left_out(companion: Companion, topology: Topology, tier: Tier) -> tuple[Service, ...]:
    """The services on a tier whose data a companion for data cannot have."""
    wanted = companion.machine.only_data and companion.machine.services
    return tuple(each for each in _services(topology, tier) if wanted and unreadable(companion, each.product))


def _services(topology: Topology, tier: Tier) -> tuple[Service, ...]:
    return tuple(service for id_ in tier.services if (service := topology.services[id_]).href is None)
