"""Prices, and their date."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.catalogue import Product
from camp2iac.targets.heroku.offers import dyno_sizes, extra_addons, products


def price(plan: str) -> int | None:
    """The price of ``SERVICE:PLAN`` in USD a month. None if it is not known."""
    kind, _, name = plan.partition(":")
    if (extra := extra_addons.extras().get(kind)) is not None:
        return extra.plans.get(name)
    services = (offer.addons.addons.get(kind) for offer in products.all_offers().values() if offer.addons)
    known = next((service.plans[name] for service in services if service and name in service.plans), None)
    return known.price if known else None


def as_of(used: Iterable[Product]) -> str:
    """The earliest date of the tables and of the products' prices."""
    return min(filter(None, (dyno_sizes.date(), extra_addons.date(), *map(products.date, used))))
