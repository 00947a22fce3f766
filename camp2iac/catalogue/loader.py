"""Reads catalogue entries: a folder each, with a ``product.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from camp2iac.catalogue.model import LinkForm, Product, ProductAttribute
from camp2iac.catalogue.versions import Version
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span

BUILT_IN = Path(__file__).parent / "products"

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All products, by name."""

    products: Mapping[str, Product]

    def __iter__(self) -> Iterator[Product]:
        return iter(self.products.values())

    def __getitem__(self, name: str) -> Product:
        return self.products[name]

    def with_characteristic(self, type_: str) -> tuple[Product, ...]:
        """The products that offer a characteristic."""
        return tuple(product for product in self if type_ in product.characteristics)

    def with_requirement(self, type_: str) -> tuple[Product, ...]:
        """The products that a requirement type asks for."""
        return tuple(product for product in self if type_ in product.requirements)

    def with_artifact(self, type_: str) -> tuple[Product, ...]:
        """The products that take an artifact type: that it runs on or is loaded into."""
        return tuple(product for product in self if type_ in product.artifacts)

    def types(self) -> tuple[str, ...]:
        """Every characteristic type that some product offers, sorted."""
        return tuple(sorted({type_ for product in self for type_ in product.characteristics}))


def load(folders: Sequence[Path] = (), diagnostics: Diagnostics | None = None) -> Catalogue:
    """The built-in products and those of the given folders, which win where names are equal.

    Args:
        folders: each holds products as folders; or is a product itself.
        diagnostics: takes CAMP306 for entries that cannot be read; they are left out.
    """
    products: dict[str, Product] = {}
    for folder in (BUILT_IN, *folders):
        found = (
            [folder / "product.yaml"] if (folder / "product.yaml").is_file() else sorted(folder.glob("*/product.yaml"))
        )
        if not found and diagnostics is not None:
            diagnostics.add(
                Diagnostic(
                    "CAMP306",
                    f"there is no catalogue entry in {folder}",
                    help="give a folder that holds folders with a product.yaml each, or one such folder",
                )
            )
        for file in found:
            product = _read(file, None if folder == BUILT_IN else diagnostics)
            if product is not None:
                products[product.name] = product
    return Catalogue(dict(sorted(products.items())))


def _read(file: Path, diagnostics: Diagnostics | None) -> Product | None:
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
        if diagnostics is not None and not _valid(data, file, diagnostics):
            return None
        return product(file.parent, data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        if diagnostics is None:
            raise
        mark = getattr(problem, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        text = getattr(problem, "problem", None) or "the file cannot be read"
        diagnostics.add(
            Diagnostic(
                "CAMP306",
                f"this catalogue entry cannot be read: {text}",
                Span(str(file), line, column, line, column + 1),
            )
        )
        return None


def _valid(data: Any, file: Path, diagnostics: Diagnostics) -> bool:
    import json

    import jsonschema

    schema = json.loads((Path(__file__).parent / "product.schema.json").read_text(encoding="utf-8"))
    errors = sorted(
        jsonschema.Draft202012Validator(schema).iter_errors(data), key=lambda error: list(map(str, error.path))
    )
    for error in errors:
        where = ".".join(str(part) for part in error.path) or "the file"
        diagnostics.add(
            Diagnostic(
                "CAMP306",
                f"the catalogue entry {file.parent.name} is not right: {where}: {error.message}",
                Span(str(file), 1, 1, 1, 1),
                help="camp2iac schema product  prints the form",
            )
        )
    return not errors


def product(folder: Path, data: Mapping[str, Any]) -> Product:
    """The product that a ``product.yaml`` describes; ``data`` has been checked against its schema."""
    link = data.get("link")
    options = data.get("options", {})
    return Product(
        name=folder.name,
        title=data["title"],
        role=data["role"],
        description=data.get("description", ""),
        characteristics=data.get("characteristics", {}),
        requirements=tuple(data.get("requirements", ())),
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
        link=LinkForm(
            link.get("variable") or "", link["url"], link.get("user", False), link.get("password", False), link["label"]
        )
        if link
        else None,
        needs=tuple(data.get("needs", ())),
        data=data.get("data"),
        default=data.get("default", False),
        machine=data.get("machine", {}),
        folder=folder,
        server=data.get("server", False),
        proven=data.get("proven", ""),
        note=data.get("note", ""),
    )
