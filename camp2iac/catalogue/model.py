"""A product of the catalogue as data (``product.yaml``).

``product.schema.json`` is the schema of the file, and ``camp2iac schema product`` prints it. What else a target needs
to know about a product (add-on plans, buildpacks) is in a file beside it with the target's name: ``heroku.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from camp2iac.camp.nodes import Node
from camp2iac.catalogue import systems
from camp2iac.catalogue.recipe import Recipe
from camp2iac.catalogue.relations import Relation
from camp2iac.catalogue.versions import Version
from camp2iac.record import Record, field


class ProductAttribute(Record, frozen=True):
    """An attribute that a plan can set: its type, default and meaning."""

    name: str
    type: Literal["string", "integer", "boolean"]
    default: str | int | bool | None
    secret: bool
    description: str


class LinkForm(Record, frozen=True):
    """How a component gets the address of a service: the usual variable, and the URL.

    ``url`` is a format string over ``user``, ``password``, ``host``, ``port``, ``name`` (of the database).
    ``variable`` is empty if there is no usual name. ``label`` names the protocol in rules: ``PostgreSQL``.
    """

    variable: str
    url: str
    user: bool
    password: bool
    label: str


class Product(Record, frozen=True):
    """One product.

        ``product.schema.json`` is the schema of the file, and ``camp2iac schema product`` prints it. What else a target needs
    to know about a product (add-on plans, buildpacks) is in a file beside it with the target's name: ``heroku.yaml``.
    """

    name: str
    title: str
    role: Literal["runtime", "service", "balancer"]
    description: str
    characteristics: Mapping[str, str | None]
    requirements: Mapping[str, Relation]
    artifacts: Mapping[str, str]
    options: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    releases: tuple[Version, ...]
    available: Mapping[str, Version]
    port: int | None
    attributes: Mapping[str, ProductAttribute]
    link: LinkForm | None
    needs: tuple[str, ...]
    data: str | None
    default: bool
    recipe: Recipe
    folder: Path
    server: bool = False
    proven: str = ""
    note: str = ""
    login: bool = False
    databases: tuple[str, ...] = ()
    questions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    families: Mapping[str, Recipe] = field(default_factory=dict)
    platforms: Mapping[str, Node] = field(default_factory=dict)

    def recipe_for(self, os: str) -> Recipe:
        """Return how it is installed on an operating system, such as ``rocky-9.4``."""
        return self.families.get(systems.family(os), self.recipe)
