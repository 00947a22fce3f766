"""Heroku's offers, as data with the date of each file.

What Heroku offers for a product is in ``heroku.yaml`` in the product's folder (:mod:`.products`). Dyno sizes and
add-ons that no plan asks for are in ``dynos.yaml`` and ``extras.yaml`` here.
"""

from camp2iac.targets.heroku.offers.addon_plans import AddonOffer, AddonPlan, AddonService
from camp2iac.targets.heroku.offers.buildpacks import Buildpack, newest, no_release, starts_web
from camp2iac.targets.heroku.offers.dyno_sizes import STACK, Dyno, dynos, mebibytes
from camp2iac.targets.heroku.offers.extra_addons import extras
from camp2iac.targets.heroku.offers.prices import as_of, price
from camp2iac.targets.heroku.offers.products import (
    addon_names,
    addons,
    buildpack,
    product_with,
    runs_images,
    schema,
    sound,
    unsupported,
)
from camp2iac.targets.kit.product_files import Unsupported
from camp2iac.targets.kit.releases import fitting

__all__ = [
    "STACK",
    "AddonOffer",
    "AddonPlan",
    "AddonService",
    "Buildpack",
    "Dyno",
    "Unsupported",
    "addon_names",
    "addons",
    "as_of",
    "buildpack",
    "dynos",
    "extras",
    "fitting",
    "mebibytes",
    "newest",
    "no_release",
    "price",
    "product_with",
    "runs_images",
    "schema",
    "sound",
    "starts_web",
    "unsupported",
]
