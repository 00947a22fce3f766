"""A product's files for platforms: ``heroku.yaml``, ``docker.yaml``, in the product's folder."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from camp2iac.camp.schema import check
from camp2iac.camp.schema_keywords import Schema
from camp2iac.catalogue import Product
from camp2iac.diagnostics import Diagnostics
from camp2iac.prepared import read_yaml
from camp2iac.record import Record, convert


class Unsupported(Record, frozen=True):
    """Why a platform cannot run a product, and what to do."""

    why: str
    remedy: str


def sound(platform: str, schema: Schema, products: Iterable[Product], diagnostics: Diagnostics) -> bool:
    """Whether the files of users' products match the schema. Collects errors (CAMP311, CAMP313, CAMP314)."""
    nodes = [product.platforms[platform] for product in products if platform in product.platforms]
    results = [check(schema, node, node.span.file, "", diagnostics, node.span.start) for node in nodes]
    return all(results)


@cache
def read(file: Path) -> dict[str, Any]:
    """The content of a YAML file of our own."""
    content: dict[str, Any] = convert(read_yaml(file), dict)
    return content
