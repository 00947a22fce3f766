"""The images for a product: ``docker.yaml`` in the product's folder, read when the product is used."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from camp2iac.camp.bounded import read_plain
from camp2iac.camp.schema_keywords import Schema
from camp2iac.catalogue import Product, Version
from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.record import Record, convert, field
from camp2iac.targets.containers.offers import forms
from camp2iac.targets.containers.offers.images import AttributeUse, ServiceImage, WithoutRoot
from camp2iac.targets.containers.offers.runtimes import BuildData
from camp2iac.targets.kit import product_files
from camp2iac.targets.kit.product_files import Unsupported, read

PLATFORM = "docker"
FILE = f"{PLATFORM}.yaml"
SCHEMA = Path(__file__).parent.with_name("product.schema.json")
MOST_BYTES = 1_000_000  # of a script


class ImageData(Record, frozen=True):
    """``docker.yaml``. Its schema is ``product.schema.json``."""

    as_of: str = ""
    image: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    scripts: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ()
    data: str = ""
    health: tuple[str, ...] = ()
    load: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, AttributeUse] = field(default_factory=dict)
    build: BuildData | None = None
    unsupported: Unsupported | None = None
    without_root: WithoutRoot | None = None


class ImageOffer(Record, frozen=True):
    """The images for a product. None: nothing of the kind."""

    service: ServiceImage | None
    unsupported: Unsupported | None


def schema() -> Schema:
    """The JSON Schema of ``docker.yaml``."""
    made: Schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return made


def sound(products: Iterable[Product], diagnostics: Diagnostics) -> bool:
    """Whether the ``docker.yaml`` of users' products can be used.

    Collects errors: CAMP311, CAMP313 and CAMP314 about the schema, and CAMP306 about names in braces, attributes and
    scripts.
    """
    given = {product.name: product for product in products if PLATFORM in product.platforms}
    if not given:
        return True
    if not product_files.sound(PLATFORM, schema(), given.values(), diagnostics):
        return False
    results = [_filled(product, diagnostics) for product in given.values()]
    return all(results)


def service(product: Product) -> ServiceImage | None:
    """The image that runs a product. None if none is known."""
    return _offer(product).service


def unsupported(product: Product) -> Unsupported | None:
    """Why containers cannot run a product, and what to do. None if there is no special reason."""
    return _offer(product).unsupported


def scripts(product: Product) -> Mapping[str, str]:
    """The scripts of a product's image: path in the container to text."""
    found = service(product)
    names = {} if found is None else found.scripts
    return {path: _text(product, name) for path, name in names.items()}


def _text(product: Product, name: str) -> str:
    return read_plain(product.folder / "templates" / name, MOST_BYTES).decode("utf-8")


def _unreadable(product: Product, name: str) -> str:
    """Why a script cannot be read; empty if it can."""
    try:
        _text(product, name)
    except OSError as problem:
        return problem.strerror or "not a file"
    except UnicodeDecodeError:
        return "not UTF-8"
    return ""


def _filled(product: Product, diagnostics: Diagnostics) -> bool:
    """Whether a user's ``docker.yaml`` has only names that have a value, and its scripts exist (CAMP306)."""
    node = product.platforms[PLATFORM]
    found = list(forms.faults(node.plain, product.attributes))
    for fault in found:
        message = f"{fault.key} in {FILE} of the product {product.name} cannot be used: {fault.problem}"
        names = ", ".join(fault.known)
        label = f"it can contain {names}" if names else ""
        diagnostics.add(Diagnostic("CAMP306", message, forms.span(node, fault.place), label=label, help=fault.help))
    data = convert(node.plain, ImageData)
    for path, name in data.scripts.items():
        if reason := _unreadable(product, name):
            message = f"camp2iac cannot read the script {name} of the product {product.name}: {reason}"
            help_ = f"create  {product.folder.as_posix()}/templates/{name}"
            diagnostics.add(Diagnostic("CAMP306", message, forms.span(node, ("scripts", path)), help=help_))
            return False
    return not found


def _offer(product: Product) -> ImageOffer:
    """From the product's own file; otherwise from that of the built-in product with its name."""
    own = product.platforms.get(PLATFORM)
    return _built_in(product.name) if own is None else _read(convert(own.plain, ImageData))


@cache
def _built_in(name: str) -> ImageOffer:
    file = BUILT_IN / name / FILE
    return _read(convert(read(file), ImageData) if file.is_file() else ImageData())


def _read(data: ImageData) -> ImageOffer:
    versions = {Version(release): tag for release, tag in data.tags.items()}
    tags = {version: versions[version] for version in sorted(versions)}
    found = None
    if data.image and data.build is None:
        found = ServiceImage(
            data.image,
            tags,
            data.as_of,
            data.environment,
            data.files,
            data.scripts,
            data.command,
            data.data,
            data.health,
            data.load,
            data.attributes,
            data.without_root,
        )
    return ImageOffer(found, data.unsupported)
