"""What products add to companions: ``PRODUCT/COMPANION.yaml``, such as ``postgresql/metrics.yaml``.

A file has the keys of ``machine`` in ``companion.yaml``. Its templates are those of the product.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml

from camp2iac.camp.schema import check
from camp2iac.camp.schema_keywords import Schema
from camp2iac.catalogue.companion import COMPANION_SCHEMA, Companion, CompanionPart, misnamed
from camp2iac.catalogue.model import Product
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.record import convert

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def addition(product: Product, companion: Companion) -> CompanionPart | None:
    """What a product adds to a companion. None: nothing."""
    node = product.platforms.get(companion.name)
    if node is not None:
        return convert(node.plain, CompanionPart)
    return _built_in(product.folder / f"{companion.name}.yaml")


@cache
def _built_in(file: Path) -> CompanionPart | None:
    if not file.is_file():
        return None
    data = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    return convert(data, CompanionPart)


def schema() -> Schema:
    """The JSON Schema of such a file."""
    found: Schema = json.loads(COMPANION_SCHEMA.read_text(encoding="utf-8"))
    part: Schema = {**found["properties"]["machine"], "title": "Addition to a companion"}
    return part


def sound(products: Iterable[Product], companions: Iterable[Companion], diagnostics: Diagnostics) -> bool:
    """Whether the files of users' products fit. Collects errors (CAMP306, and CAMP31x at the line)."""
    pairs = [(product, companion) for product in products for companion in companions]
    results = [_sound(product, companion, diagnostics) for product, companion in pairs]
    return all(results)


def _sound(product: Product, companion: Companion, diagnostics: Diagnostics) -> bool:
    node = product.platforms.get(companion.name)
    if node is None:
        return True
    if not check(schema(), node, node.span.file, "", diagnostics, node.span.start):
        return False
    found = list(_problems(convert(node.plain, CompanionPart), companion))
    diagnostics.extend(
        Diagnostic("CAMP306", f"{product.name}/{companion.name}.yaml cannot be used: {problem}", node.span)
        for problem in found
    )
    return not found


def _problems(part: CompanionPart, companion: Companion) -> Iterator[str]:
    for name in misnamed(part, companion.settings):
        yield f"the companion {companion.name} has no fitting setting {name}"
