"""``heroku.yaml`` in a product's folder: built-in files match the schema, and users' files work in the same way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from support import phases

from camp2iac.camp.schema_keywords import accepts
from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.targets.heroku import runtimes
from camp2iac.targets.heroku.offers import dynos, extras, products
from camp2iac.targets.heroku.offers.products import SCHEMA
from camp2iac.targets.kit import product_files

FILES = sorted(BUILT_IN.glob("*/heroku.yaml"))
PRODUCT = """\
title: Kafka
role: service
description: A log of messages.
characteristics: { Kafka: version }
requirements: { "Kafka:ConnectTo": connect }
port: 9092
link: { variable: KAFKA_URL, url: "kafka://{host}:{port}", label: Kafka }
"""
HEROKU = """\
as_of: "2025-01-31"
noun: broker
by_hand: kafka-console-producer {url} < {file}
addons:
  cloudkarafka:
    variable: CLOUDKARAFKA_URL
    scheme: kafka
    plans:
      ducky: { memory: 0, price: 0 }
      mouse: { memory: 4000, storage: 10000, price: 99 }
"""
PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: main/app }
      - { requirement_type: "Kafka:ConnectTo", fulfillment: "id:events" }
services:
  - id: events
    characteristics:
      - { characteristic_type: Kafka }
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A plan, and a catalogue with a product and its ``heroku.yaml``."""
    product = tmp_path / "catalogue/kafka"
    product.mkdir(parents=True)
    (product / "product.yaml").write_text(PRODUCT)
    (product / "heroku.yaml").write_text(HEROKU)
    (tmp_path / "web").mkdir()
    (tmp_path / "web/main.py").write_text("app = None\n")
    (tmp_path / "camp.yaml").write_text(PLAN)
    return tmp_path


def compiled(shop: Path) -> phases.Compiled:
    return phases.compile(phases.load(shop / "camp.yaml"), target="heroku", catalogue=[shop / "catalogue"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_built_in_file_matches_the_schema(file: Path) -> None:
    assert (file.parent / "product.yaml").is_file()
    assert accepts(json.loads(SCHEMA.read_text()), yaml.safe_load(file.read_text()))


def test_each_runtime_has_its_data() -> None:
    names = {name for name, offer in products.all_offers().items() if offer.buildpack}
    modules = {path.stem for path in Path(runtimes.__file__).parent.glob("*.py")}
    shared = {
        "__init__",
        "builds",
        "containers",
        "procfiles",
        "jdbc_profile",
        "load",
        "own_databases",
        "packages",
        "sources",
        "unchanged",
    }
    assert names == modules - shared


def test_the_tables_are_complete() -> None:
    assert list(dynos("common"))[:2] == ["eco", "basic"]
    assert extras()["bonsai"].data
    assert not extras()["papertrail"].data


def test_an_addon_of_a_users_product(shop: Path) -> None:
    found = compiled(shop)
    assert found.result is not None, found.diagnostics
    module = {block.address: block for block in found.result.lowered.module.blocks()}
    assert module["heroku_addon.events"].get("plan") == "cloudkarafka:ducky"
    assert "| events: cloudkarafka:ducky | 0 |" in found.result.lowered.readme
    assert "prices of 2025-01-31" in found.result.lowered.readme, "the earliest date"


def test_a_fault_is_reported_at_its_line(shop: Path) -> None:
    file = shop / "catalogue/kafka/heroku.yaml"
    file.write_text(HEROKU.replace("price: 99", "price: cheap"))
    found = compiled(shop)
    (fault,) = (each for each in found.diagnostics if each.code == "CAMP311")
    assert fault.span is not None
    assert (fault.span.file, fault.span.line) == (file.as_posix(), 10)
    assert found.texts[file.as_posix()].startswith("as_of")


def test_broken_yaml_is_reported(shop: Path) -> None:
    (shop / "catalogue/kafka/heroku.yaml").write_text("addons: {\n")
    found = compiled(shop)
    assert found.result is None
    assert any(each.span and each.span.file.endswith("heroku.yaml") for each in found.diagnostics)


def test_without_a_file_heroku_has_no_addon(shop: Path) -> None:
    (shop / "catalogue/kafka/heroku.yaml").unlink()
    assert "CAMP443" in [each.code for each in compiled(shop).diagnostics]


def test_only_files_of_used_products_are_read(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(products, "read", lambda file: read.append(file.parent.name) or product_files.read(file))
    products._built_in.cache_clear()
    products.all_offers.cache_clear()
    compiled(shop)
    assert read == ["python"]
