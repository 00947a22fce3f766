"""The catalogue: products as data, and how the types of a plan select them."""

from camp2iac.catalogue.loader import Catalogue, load
from camp2iac.catalogue.model import LinkForm, Product, ProductAttribute
from camp2iac.catalogue.recipe import Recipe
from camp2iac.catalogue.versions import Version, VersionRange

__all__ = ["Catalogue", "LinkForm", "Product", "ProductAttribute", "Recipe", "Version", "VersionRange", "load"]
