"""Add-ons that provide a product, and their plans."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.catalogue.versions import Version
from camp2iac.record import Record, field


class AddonPlan(Record, frozen=True):
    """A plan of an add-on. ``memory``, ``storage``: in MB; 0: shared or none; None: not published.

    ``only``: ``private`` if it requires a Private Space, ``shield`` if it requires a Shield space.
    """

    name: str = ""
    memory: int | None = None
    storage: int | None = None
    price: int | None = None
    only: str = ""

    @property
    def memory_words(self) -> str:
        """``4 GB``."""
        return megabytes(self.memory or 0)

    @property
    def storage_words(self) -> str:
        """``64 GB``."""
        return megabytes(self.storage or 0)


class AddonService(Record, frozen=True):
    """An add-on that provides a product. ``variable``: set by the first one in an app. ``plans``: smallest first.

    ``suffixes``: of the variables that an attachment sets; empty: only ``_URL``. ``prefix``: the name of the attachment
    of the first one in an app: ``DATABASE``, ``MEMCACHIER``. ``by_service``: each app gets an attachment with the name
    of the service instead. ``runs``: the product that it runs, if this is another one with the same protocol.
    ``tiers``: the beginnings of plans that Heroku changes only among themselves.
    """

    name: str
    variable: str
    scheme: str
    versions: tuple[Version, ...]
    options: Mapping[str, str]
    plans: Mapping[str, AddonPlan]
    suffixes: tuple[str, ...] = ()
    prefix: str = ""
    by_service: bool = False
    runs: str = ""
    tiers: tuple[str, ...] = ()

    def tier(self, plan: str) -> str:
        """The tier that Heroku cannot leave when it changes a plan; empty: that of the others."""
        return next((tier for tier in self.tiers if plan.startswith(f"{tier}-")), "")

    @property
    def variables(self) -> tuple[str, ...]:
        """The configuration variables that the first one in an app sets."""
        return tuple(f"{self.prefix}_{suffix}" for suffix in self.suffixes) or (self.variable,)


class AddonOffer(Record, frozen=True):
    """Heroku's add-ons for a product, the default first. ``noun``: what people call the product.

    ``load``: the tool in the run image that loads SQL into it, empty if there is none. ``by_hand``: the command for a
    person, with the placeholders ``{url}`` and ``{file}``.
    """

    noun: str
    load: str = ""
    by_hand: str = ""
    addons: Mapping[str, AddonService] = field(default_factory=dict)


def megabytes(amount: int) -> str:
    """``500 MB``, ``4 GB``, ``1.5 TB``."""
    for unit, size in (("TB", 1_000_000), ("GB", 1_000)):
        if amount >= size:
            return f"{amount / size:g} {unit}"
    return f"{amount} MB"
