"""Reads products of the catalogue: folders with a ``product.yaml``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from camp2iac.camp.bounded import read_plain
from camp2iac.camp.nodes import Mapping as MappingNode
from camp2iac.camp.nodes import Node
from camp2iac.camp.nodes import Sequence as SequenceNode
from camp2iac.camp.schema import check
from camp2iac.camp.text import MOST_BYTES
from camp2iac.camp.yaml import parse
from camp2iac.catalogue import forms
from camp2iac.catalogue.companion import companion_files
from camp2iac.catalogue.model import LinkForm, Product, ProductAttribute
from camp2iac.catalogue.recipe import recipes
from camp2iac.catalogue.relations import Relation, relations
from camp2iac.catalogue.versions import Version
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.prepared import read_yaml
from camp2iac.record import Record, ValidationError, convert, replace

BUILT_IN = Path(__file__).parent / "products"
SCHEMA = Path(__file__).parent / "product.schema.json"


class Catalogue(Record, frozen=True, dict=True):
    """All products by name."""

    products: Mapping[str, Product]

    @cached_property
    def relations(self) -> Mapping[str, Relation]:
        """The requirement types of all products, and their meanings."""
        return {type_: relation for product in self for type_, relation in product.requirements.items()}

    def __iter__(self) -> Iterator[Product]:
        return iter(self.products.values())

    def __getitem__(self, name: str) -> Product:
        return self.products[name]

    def with_characteristic(self, type_: str) -> tuple[Product, ...]:
        """Return the products that offer a characteristic."""
        return tuple(product for product in self if type_ in product.characteristics)

    def with_requirement(self, type_: str) -> tuple[Product, ...]:
        """Return the products that a requirement type selects."""
        return tuple(product for product in self if type_ in product.requirements)

    def with_artifact(self, type_: str) -> tuple[Product, ...]:
        """Return the products that artifacts of a type run on or are loaded into."""
        return tuple(product for product in self if type_ in product.artifacts)

    def types(self) -> tuple[str, ...]:
        """Return the characteristic types of all products, sorted."""
        return tuple(sorted({type_ for product in self for type_ in product.characteristics}))


def load(
    folders: Sequence[Path] = (), diagnostics: Diagnostics | None = None, texts: dict[str, str] | None = None
) -> Catalogue:
    """Load the built-in products and those of the given folders, which replace built-in products of the same name.

    Args:
        folders: each is a product, or contains products as folders.
        diagnostics: takes the faults of products (CAMP306, and CAMP1xx and 31x as for plans), which are left out.
        texts: takes the content of each file that was read, for excerpts.
    """
    products = dict(_all_built_in())
    diagnostics = Diagnostics() if diagnostics is None else diagnostics
    for folder in folders:
        files = (
            [folder / "product.yaml"] if (folder / "product.yaml").is_file() else sorted(folder.glob("*/product.yaml"))
        )
        if not files and not any(companion_files(folder)):
            help_ = "name a folder with a product.yaml, or a folder that contains such folders"
            diagnostics.add(Diagnostic("CAMP306", f"no product in {folder}", help=help_))
        for file in files:
            if (found := _given(file, diagnostics, {} if texts is None else texts)) is not None:
                products[found.name] = found
                _agree(found, products, diagnostics)
    return Catalogue(dict(sorted(products.items())))


def built_in(name: str) -> Product:
    """Load a product that comes with camp2iac."""
    return _built_in(BUILT_IN / name / "product.yaml")


@cache
def _all_built_in() -> Mapping[str, Product]:
    return {found.name: found for found in map(_built_in, sorted(BUILT_IN.glob("*/product.yaml")))}


@cache
def _built_in(file: Path) -> Product:
    return product(file.parent, convert(read_yaml(file), dict))


def _given(file: Path, diagnostics: Diagnostics, texts: dict[str, str]) -> Product | None:
    """Load a product of the user, which is checked like a plan."""
    shown = file.as_posix()
    node = _parsed(file, diagnostics, texts)
    if node is None:
        return None
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    if not check(schema, node, shown, "", diagnostics, node.span.start):
        return None
    data = node.plain
    if not isinstance(data, dict) or not _filled(file.parent.name, data, node, diagnostics):
        return None
    platforms = {
        each.stem: _parsed(each, diagnostics, texts)
        for each in sorted(file.parent.glob("*.yaml"))
        if each != file and not each.name.startswith(".")
    }
    if None in platforms.values():
        return None
    try:
        return replace(product(file.parent, data), platforms=platforms)
    except ValidationError as problem:  # a fault that the schema cannot describe, such as a family in a family
        diagnostics.add(Diagnostic("CAMP306", f"the product {shown} does not fit its schema: {problem}"))
        return None


def _parsed(file: Path, diagnostics: Diagnostics, texts: dict[str, str]) -> Node | None:
    """A file of the user's as located YAML. None after reporting why it cannot be read."""
    shown = file.as_posix()
    try:
        texts[shown] = read_plain(file, MOST_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "not UTF-8"
        diagnostics.add(Diagnostic("CAMP306", f"camp2iac cannot read the product {shown}: {reason}"))
        return None
    return parse(texts[shown], shown, diagnostics)


def _filled(name: str, data: Mapping[str, object], node: Node, diagnostics: Diagnostics) -> bool:
    """Whether its forms contain only names that they can contain (CAMP306)."""
    found = list(forms.faults(data))
    for fault in found:
        names = ", ".join(f"{{{each}}}" for each in fault.known)
        diagnostics.add(
            Diagnostic(
                "CAMP306",
                f"{fault.key} of the product {name} cannot be filled in: {fault.problem}",
                _span(node, fault.place),
                label=f"it can contain {names}" if names else "nothing is filled in here",
                help="use one of these names, or write {{ and }} for braces" if names else "write the value itself",
            )
        )
    return not found


def _span(node: Node, place: forms.Place) -> Span:
    for key in place:
        if isinstance(node, MappingNode) and isinstance(key, str):
            node = node[key]
        elif isinstance(node, SequenceNode) and isinstance(key, int):
            node = node.items[key]
    return node.span


def _agree(given: Product, products: Mapping[str, Product], diagnostics: Diagnostics) -> None:
    """Report a requirement type with another meaning in another product (CAMP306): a plan needs one meaning."""
    for type_, relation in given.requirements.items():
        others = {p.title: p.requirements[type_] for p in products.values() if type_ in p.requirements}
        title, other = next(((t, other) for t, other in others.items() if other != relation), ("", relation))
        if title:
            message = f"{type_} means {relation} in {given.title}, but {other} in {title}"
            write = f"requirements: {{ {json.dumps(type_)}: {other} }}"
            help_ = f"in {given.name}/product.yaml, write  {write}  or use another type"
            diagnostics.add(Diagnostic("CAMP306", message, help=help_))


def product(folder: Path, data: Mapping[str, Any]) -> Product:
    """Make a product from the content of a ``product.yaml`` that was checked against the schema.

    Raises:
        ValidationError: its ``machine:`` is not a recipe.
    """
    link = data.get("link")
    options = data.get("options", {})
    recipe, families = recipes(data.get("machine", {}))
    return Product(
        name=folder.name,
        title=data["title"],
        role=data["role"],
        description=data.get("description", ""),
        characteristics=data.get("characteristics", {}),
        requirements=relations(data.get("requirements", ()), data["role"]),
        artifacts=data.get("artifacts", {}),
        options={name: tuple(form["keys"] if isinstance(form, dict) else form) for name, form in options.items()},
        labels={name: form["label"] for name, form in options.items() if isinstance(form, dict) and "label" in form},
        releases=tuple(sorted(Version(str(release)) for release in data.get("releases", ()))),
        available={os: Version(str(release)) for os, release in data.get("available", {}).items()},
        port=data.get("port"),
        attributes={
            name: ProductAttribute(
                name,
                form.get("type", "string"),
                form.get("default"),
                form.get("secret", False),
                form.get("description", ""),
            )
            for name, form in data.get("attributes", {}).items()
        },
        link=convert({"variable": "", "user": False, "password": False, **link}, LinkForm) if link else None,
        needs=tuple(data.get("needs", ())),
        data=data.get("data"),
        default=data.get("default", False),
        recipe=recipe,
        families=families,
        folder=folder,
        server=data.get("server", False),
        proven=data.get("proven", ""),
        note=data.get("note", ""),
        login=data.get("login", False),
        managed=data.get("managed", False),
        upgrades_data=data.get("upgrades_data", True),
        stands_in_for=tuple(data.get("stands_in_for", ())),
        databases=tuple(data.get("databases", ())),
        questions={
            name: (form["question"], form.get("example", ""))
            for name, form in options.items()
            if isinstance(form, dict) and "question" in form
        },
    )
