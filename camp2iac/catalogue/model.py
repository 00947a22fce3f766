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
from camp2iac.catalogue.vendor import Vendor
from camp2iac.catalogue.versions import Version
from camp2iac.record import Record, field


class ProductAttribute(Record, frozen=True):
    """An attribute that a plan can set: its type (``folders``: those that a server serves), default and meaning."""

    name: str
    type: Literal["string", "integer", "boolean", "folders"]
    default: str | int | bool | None
    secret: bool
    description: str


class EncryptedForm(Record, frozen=True):
    """How the links of a service are encrypted with TLS.

    ``url``: a format string like that of a link, and ``ca``: the path of the CA's certificate. ``jdbc``: the URL for
    Java. ``port``: where the server listens with TLS, if the plan names no other. None: its usual port. ``user``: the
    user of the server, who reads the private key.
    """

    url: str
    user: str
    jdbc: str = ""
    port: int | None = None


class LinkForm(Record, frozen=True):
    """How a component gets the address of a service: the usual variable, and the URL.

    ``url`` is a format string over ``user``, ``password``, ``host``, ``port``, ``name`` (of the database).
    ``variable`` is empty if there is no usual name. ``label`` names the protocol in rules: ``PostgreSQL``.
    ``encrypted``: the same with TLS. None: camp2iac cannot encrypt it.
    """

    variable: str
    url: str
    user: bool
    password: bool
    label: str
    encrypted: EncryptedForm | None = None


class Product(Record, frozen=True):
    """One product.

    ``name``: the name of its folder. ``role``: ``runtime`` (artifacts run on it), ``service`` (artifacts link to it) or
    ``balancer``. ``characteristics``: the types that it offers, to the key with the version (None: no key).
    ``requirements``: requirement types that select it if they name no service, and their meaning. ``artifacts``:
    artifact types that run on it or are loaded into it, to their kind (``python``, ``war``, ``sql``). ``options``: the
    keys of each option of a HostOn, ConnectTo or load requirement. ``labels``: the names of options in the port report.
    ``releases``: the known ones, oldest first. ``available``: operating system (``debian-12``) to its release.
    ``port``: its port. None: it has no port of its own. ``needs``: products that must be on the same instance before
    it. ``data``: the folder of its data, which a Volume is mounted for. ``server``: one process runs all its components
    (a servlet container), on its own port. ``default``: chosen if several products fit. ``recipe``: how it is installed
    on systems of Debian's family. ``families``: the recipes of other families (:meth:`recipe_for` selects one).
    ``proven``: operating systems that the tests ran it on. ``note``: what users must know before they choose it.
    ``login``: people log in with a generated password. ``databases``: it is an application that stores its data in one
    of these products, which its one component connects to. ``questions``: for the options that ``camp2iac init`` asks
    for, the question and the proposed answer.
    ``upgrades_data``: whether a newer release starts with the data of an older one.
    ``stands_in_for``: products that characteristics name and that it is used instead of.
    ``managed``: the platform provides it, and it is on no tier.
    ``platforms``: of a user's product, the parsed files beside ``product.yaml``, by the name of the target
    (``heroku.yaml``), which checks and reads them. It reads the files of built-in products from their folders.
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
    managed: bool = False
    upgrades_data: bool = True
    stands_in_for: tuple[str, ...] = ()
    databases: tuple[str, ...] = ()
    questions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    families: Mapping[str, Recipe] = field(default_factory=dict)
    platforms: Mapping[str, Node] = field(default_factory=dict)

    @property
    def vendors(self) -> tuple[Vendor, ...]:
        """The repositories of vendors for all families of systems, each once."""
        own = self.recipe.vendors
        others = [vendor for recipe in self.families.values() for vendor in recipe.vendors]
        return (*own, *(vendor for vendor in others if vendor not in own))

    @property
    def known_releases(self) -> tuple[Version, ...]:
        """The releases that a plan can require, oldest first: with those that only vendors have."""
        offered = {release for vendor in self.vendors for os in vendor.systems for release in vendor.releases(os)}
        return tuple(sorted({*self.releases, *offered})) if self.releases else ()

    def recipe_for(self, os: str) -> Recipe:
        """Return how it is installed on an operating system, such as ``rocky-9.4``."""
        return self.families.get(systems.family(os), self.recipe)
