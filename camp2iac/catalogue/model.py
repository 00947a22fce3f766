"""A catalogue entry: what can be installed and offered, as data (``product.yaml``).

The form of the file is ``product.schema.json``; ``camp2iac schema product`` prints it. What else a target
needs to know of a product (add-on plans, buildpacks) is in a file with the target's name beside it: ``heroku.yaml``.
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
    """An attribute that a plan may set: its kind, default and meaning."""

    name: str
    type: Literal["string", "integer", "boolean"]
    default: str | int | bool | None
    secret: bool
    description: str


class LinkForm(Record, frozen=True):
    """How a component is told of a service: the variable that is customary, and the URL.

    ``url`` is a format string over ``user``, ``password``, ``host``, ``port``, ``name`` (of the database).
    ``variable`` is empty where no name is customary. ``label`` names the protocol in rules: ``PostgreSQL``.
    """

    variable: str
    url: str
    user: bool
    password: bool
    label: str


class Product(Record, frozen=True):
    """One product.

    ``name``: its folder's name. ``role``: ``runtime`` (artifacts run on it), ``service`` (artifacts link to it),
    ``balancer``. ``characteristics``: the types that it offers, to the key that holds a version there (None: none).
    ``requirements``: requirement types that ask for it when no service is named, and what they mean. ``artifacts``:
    artifact types that run on it or load into it, to their kind (``python``, ``war``, ``sql``). ``options``: for each
    option of a HostOn, ConnectTo or load requirement, the keys that spell it; ``labels``: what the port report calls
    it. ``releases``: those known, oldest first. ``available``: operating system (``debian-12``) to the release it has.
    ``port``: where it listens; None: on no port of its own. ``needs``: products that must be on the same machine before
    it. ``data``: the folder of its data on a machine, which a Volume is mounted for. ``server``: one process of it
    answers for all that runs on it (a servlet container), on its own port. ``default``: chosen when several fit.
    ``recipe``: how it is installed on a machine of Debian's family; ``families``: the recipes of other families
    (:meth:`recipe_for` knows which is whose). ``proven``: operating systems it was run on. ``note``: what one must know
    before choosing it. ``login``: people log in to it by a password that is generated whoever connects. ``databases``:
    it is an application that keeps what it knows in one of these products, which its one component connects to.
    ``questions``: for the options that ``camp2iac init`` asks for, the question and the answer that it offers.
    ``platforms``: of a user's product, the files beside ``product.yaml`` by the target's name (``heroku.yaml``), which
    the target checks and reads; it reads the files of built-in products from their folders.
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
        """How it is installed on an operating system, ``rocky-9.4``."""
        return self.families.get(systems.family(os), self.recipe)
