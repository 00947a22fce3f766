"""Where the software of a service comes from: the distribution, or the repository of a vendor.

``sources`` of the environment file has the operator's decisions. Without one, the distribution's release is used if it
fits the plan, or else a vendor's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from camp2iac.catalogue import Product, systems
from camp2iac.catalogue.vendor import SigningKey, VendorRepository, offered
from camp2iac.catalogue.versions import Version
from camp2iac.record import Record, field, replace
from camp2iac.topology.model import Demand, Service, Topology

Origin: TypeAlias = Literal["", "distribution", "vendor"]
#: the key for all products that ``sources`` does not name
DEFAULT = "default"


class SourceWish(Record, frozen=True):
    """The operator's decision about a product.

    ``origin``: empty without a decision. ``url``: a mirror of the vendor's repository. ``key_url``, ``fingerprint``: of
    the mirror's key, if they are not the vendor's. ``own``: the decision is about this product only.
    """

    origin: Origin = ""
    url: str = ""
    key_url: str = ""
    fingerprint: str = ""
    own: bool = False


class SourceWishes(Record, frozen=True):
    """``sources`` of the environment file: the decision for all products, and those for some of them."""

    default: SourceWish = SourceWish()
    products: Mapping[str, SourceWish] = field(default_factory=dict)

    def of(self, product: str) -> SourceWish:
        """The decision about a product."""
        return self.products.get(product, self.default)


class Origins(Record, frozen=True):
    """What can be installed for a service.

    ``distribution``: the release of the distribution, if it fits the plan. ``packaged``: the catalogue takes that
    release from a vendor already (``machine: apt``), so it is not the distribution's. ``vendor``: the newest release
    that fits, and its repository.
    """

    distribution: Version | None
    packaged: bool
    vendor: Version | None
    source: VendorRepository | None


class ChosenSource(Record, frozen=True):
    """The decision about a service.

    ``release``: None if nothing fits. ``source``: the vendor's repository, None if the distribution has the release.
    """

    release: Version | None
    source: VendorRepository | None = None

    @property
    def words(self) -> str:
        """The release and its origin, for the port report."""
        return f"{self.release}, from {self.source.title}" if self.source else str(self.release)


def read(raw: object) -> SourceWishes:
    """The decisions in a checked environment file."""
    if isinstance(raw, str):
        return SourceWishes(_wish(raw, own=False))
    given: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    products = {str(name): _wish(each, own=True) for name, each in given.items() if name != DEFAULT}
    return SourceWishes(_wish(given.get(DEFAULT, ""), own=False), products)


def _wish(given: Any, *, own: bool) -> SourceWish:
    if isinstance(given, Mapping):
        key = given.get("key", {})
        return SourceWish("vendor", given.get("url", ""), key.get("url", ""), key.get("fingerprint", ""), own)
    return SourceWish(given, own=own)


def origins(service: Service, os: str) -> Origins:
    """What the distribution and vendors have for a service."""
    product, system = service.product, systems.like(os)
    recipe, own = product.recipe_for(os), product.available.get(system)
    demands = considered(service, os)

    def fits(release: Version) -> bool:
        return service.accepts(release) and all(release in each for each in demands)

    found = next(((r, v) for r, v in offered(recipe.vendors, os) if fits(r)), None)
    return Origins(
        distribution=own if own is not None and fits(own) else None,
        packaged=system in recipe.apt,
        vendor=found[0] if found else None,
        source=found[1].source(os, found[0]) if found else None,
    )


def considered(service: Service, os: str) -> tuple[Demand, ...]:
    """The demands of content that decide about the release: all that one release can meet, or else those that the
    language checks, or else none: the instances get what the plan asks for, and the rest is reported (CAMP437).
    """
    product = service.product
    demands = tuple(each for each in service.demands if each.product.name == product.name and not _downloads(product))
    own = product.available.get(systems.like(os))
    can = [*([own] if own else ()), *(release for release, _ in offered(product.recipe_for(os).vendors, os))]
    can = [release for release in can if service.accepts(release)]
    for chosen in (demands, tuple(each for each in demands if not each.pin)):
        if any(all(release in each for each in chosen) for release in can):
            return chosen
    return ()


def _downloads(product: Product) -> bool:
    """Whether the tools of a language download the release that content asks for: Go, from 1.21 on (CAMP227)."""
    return product.name == "go"


def choose(service: Service, os: str, wish: SourceWish) -> ChosenSource:
    """Decide where the software of a service comes from on an operating system."""
    can = origins(service, os)
    vendor = ChosenSource(can.vendor, _mirrored(can.source, wish)) if can.source else None
    distribution = ChosenSource(can.distribution) if can.distribution is not None else None
    if wish.origin == "distribution":
        return distribution if distribution and not can.packaged else ChosenSource(None)
    if wish.origin == "vendor" and vendor:
        return vendor
    return distribution or vendor or ChosenSource(None)


def _mirrored(source: VendorRepository, wish: SourceWish) -> VendorRepository:
    key = SigningKey(wish.key_url or source.key.url, wish.fingerprint or source.key.fingerprint)
    return replace(source, url=(wish.url or source.url).rstrip("/"), key=key)


def of_services(topology: Topology, systems_: Mapping[str, str], wishes: SourceWishes) -> dict[str, ChosenSource]:
    """The decision for each service on instances. ``systems_``: tier to its operating system."""
    return {
        service.id: choose(service, systems_[service.tier], wishes.of(service.product.name))
        for service in topology.services.values()
        if service.href is None and service.tier in systems_
    }
