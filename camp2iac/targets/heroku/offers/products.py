"""What Heroku offers for a product: ``heroku.yaml`` in the product's folder, read when the product is used."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from camp2iac.camp.schema_keywords import Schema
from camp2iac.catalogue import Product, Version
from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.diagnostics import Diagnostics
from camp2iac.record import Record, convert, field, replace
from camp2iac.targets.heroku.offers.addon_plans import AddonOffer, AddonPlan, AddonService
from camp2iac.targets.heroku.offers.buildpacks import Buildpack
from camp2iac.targets.kit import product_files
from camp2iac.targets.kit.product_files import Unsupported as Unsupported
from camp2iac.targets.kit.product_files import read

PLATFORM = "heroku"
FILE = f"{PLATFORM}.yaml"
SCHEMA = Path(__file__).with_name("product.schema.json")


class AddonData(Record, frozen=True):
    """An add-on in ``heroku.yaml``."""

    variable: str
    plans: Mapping[str, AddonPlan]
    scheme: str = ""
    versions: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    suffixes: tuple[str, ...] = ()
    prefix: str = ""
    by_service: bool = False
    runs: str = ""
    tiers: tuple[str, ...] = ()


class ProductData(Record, frozen=True):
    """``heroku.yaml``. Its schema is ``product.schema.json``."""

    as_of: str = ""
    noun: str = "service"
    load: str = ""
    by_hand: str = ""
    addons: Mapping[str, AddonData] | None = None
    buildpacks: tuple[str, ...] = ()
    fir: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    web: str = ""
    runtime: Mapping[str, Any] = field(default_factory=dict)
    images: bool = False
    unsupported: Unsupported | None = None


class ProductOffer(Record, frozen=True):
    """What Heroku offers for a product. None: nothing of the kind. ``images``: it runs images from registries."""

    as_of: str
    addons: AddonOffer | None
    buildpack: Buildpack | None
    unsupported: Unsupported | None
    images: bool = False


def schema() -> Schema:
    """The JSON Schema of ``heroku.yaml``."""
    made: Schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return made


def sound(products: Iterable[Product], diagnostics: Diagnostics) -> bool:
    """Whether the ``heroku.yaml`` of users' products match the schema. Collects errors (CAMP311, CAMP313, CAMP314)."""
    return product_files.sound(PLATFORM, schema(), products, diagnostics)


def addons(product: Product) -> AddonOffer | None:
    """The add-ons for a product. None if none are known."""
    return _offer(product).addons


def buildpack(product: Product) -> Buildpack | None:
    """How artifacts on a product are built. None if they are not."""
    return _offer(product).buildpack


def runs_images(product: Product) -> bool:
    """Whether Heroku runs the product's container images, if they are in a registry."""
    return _offer(product).images


def unsupported(product: Product) -> Unsupported | None:
    """Why Heroku cannot run a product, and what to do. None if there is no special reason."""
    return _offer(product).unsupported


def date(product: Product) -> str:
    """The date of a product's plans and prices. Empty if it is not known."""
    return _offer(product).as_of


def product_with(addon: str) -> str | None:
    """The first built-in product that an add-on provides. Reads the files of all products."""
    return next((name for name, offer in all_offers().items() if offer.addons and addon in offer.addons.addons), None)


def addon_names() -> tuple[str, ...]:
    """The add-ons that provide a built-in product. Reads the files of all products."""
    return tuple(name for offer in all_offers().values() if offer.addons for name in offer.addons.addons)


@cache
def all_offers() -> Mapping[str, ProductOffer]:
    """The offers for all built-in products, by name."""
    names = sorted(file.parent.name for file in BUILT_IN.glob(f"*/{FILE}"))
    return {name: _built_in(name) for name in names}


def _offer(product: Product) -> ProductOffer:
    """From the product's own file; otherwise from that of the built-in product with its name."""
    own = product.platforms.get(PLATFORM)
    return _built_in(product.name) if own is None else _read(convert(own.plain, ProductData), "")


@cache
def _built_in(name: str) -> ProductOffer:
    file = BUILT_IN / name / FILE
    return _read(convert(read(file), ProductData) if file.is_file() else ProductData(), name)


def _read(data: ProductData, module: str) -> ProductOffer:
    found = None
    if data.addons is not None:
        services = {name: _service(name, addon) for name, addon in data.addons.items()}
        found = AddonOffer(data.noun, data.load, data.by_hand, services)
    pack = Buildpack(
        data.buildpacks,
        data.fir,
        tuple(map(Version, data.versions)),
        data.attributes,
        data.kinds,
        data.web,
        module,
        data.runtime,
    )
    return ProductOffer(data.as_of, found, pack if data.buildpacks else None, data.unsupported, data.images)


def _service(name: str, data: AddonData) -> AddonService:
    plans = {plan: replace(known, name=plan) for plan, known in data.plans.items()}
    versions = tuple(map(Version, data.versions))
    return AddonService(
        name,
        data.variable,
        data.scheme,
        versions,
        data.options,
        plans,
        data.suffixes,
        data.prefix or data.variable.rpartition("_")[0],
        data.by_service,
        data.runs,
        data.tiers,
    )
