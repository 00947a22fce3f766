"""The data of services, for companions that keep or fill it: by a template of the product, or as folders."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.catalogue.companion import AskedCompanion, Companion
from camp2iac.catalogue.model import Product


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
