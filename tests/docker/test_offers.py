"""``docker.yaml`` in a product's folder: built-in files can be used, and users' files work in the same way."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from support import phases

from camp2iac.camp.schema_keywords import accepts
from camp2iac.catalogue import Catalogue, Product, Version, VersionRange, load
from camp2iac.catalogue.loader import BUILT_IN, built_in
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.record import asdict
from camp2iac.synth.module import Commented
from camp2iac.targets.containers import offers
from camp2iac.targets.containers.offers import forms, products
from camp2iac.topology import statement_kinds
from camp2iac.topology.model import Service
from camp2iac.topology.statements import PLAN, Statements

FILES = sorted(BUILT_IN.glob("*/docker.yaml"))
SERVICES = [file.parent.name for file in FILES if offers.service(built_in(file.parent.name))]
PRODUCT = """\
title: Kafka
role: service
description: A log of messages.
characteristics: { Kafka: version }
requirements: { "Kafka:ConnectTo": connect }
artifacts: { "Kafka:Messages": messages }
port: 9092
attributes:
  memory: { type: integer, description: "MiB" }
  password: { type: string, secret: true, description: "The password" }
link: { variable: KAFKA_URL, url: "kafka://{host}:{port}", label: Kafka }
"""
DOCKER = """\
as_of: "2026-12-01"
image: apache/kafka
tags: { "4.1": "4.1.0", "3.9": "3.9.1", "3.10": "3.10.0" }
environment:
  KAFKA_PORT: "{port}"
files: { /run/secrets/password: "{password}" }
scripts: { /usr/local/bin/camp-start: docker-start.sh }
command: [bash, /usr/local/bin/camp-start, "{id}"]
data: /var/lib/kafka
health: [nc, -z, localhost, "{port}"]
load: { messages: "/load/{number}/{database}/{id}" }
attributes:
  memory: { words: [--memory, "{value}m"] }
  password: { form: password }
"""
WHOLE = """\
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
      - { characteristic_type: Kafka, version: "[3,4)" }
      - { characteristic_type: org.camp2iac:Attributes, memory: 512 }
"""
SCRIPT = "exec kafka --literal '{port} ${x}'\n"


@pytest.fixture
def kafka(tmp_path: Path) -> Path:
    """A product and its ``docker.yaml``."""
    product = tmp_path / "kafka"
    (product / "templates").mkdir(parents=True)
    (product / "product.yaml").write_text(PRODUCT)
    (product / "docker.yaml").write_text(DOCKER)
    (product / "templates/docker-start.sh").write_text(SCRIPT)
    return product


def catalogue(folder: Path) -> Catalogue:
    diagnostics = Diagnostics()
    loaded = load([folder], diagnostics)
    assert not list(diagnostics)
    return loaded


def faults(folder: Path, wrong: str, right: str) -> list[Diagnostic]:
    """What is reported if ``right`` is replaced."""
    assert DOCKER.count(right) == 1
    (folder / "docker.yaml").write_text(DOCKER.replace(right, wrong))
    diagnostics = Diagnostics()
    assert not offers.sound(catalogue(folder), diagnostics)
    return list(diagnostics)


def asked(product: Product, version: str) -> Service:
    """A service whose plan has a version."""
    wanted = VersionRange.parse(version)
    assert wanted
    span = Span("camp.yaml", 1, 1, 1, 1)
    said = Statements().say(PLAN, statement_kinds.VERSION, wanted, version, span)
    return Service("db", "db", product, "db", None, (), said, {}, (), (), span)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_built_in_file_can_be_used(file: Path) -> None:
    content = yaml.safe_load(file.read_text())
    product = built_in(file.parent.name)
    assert accepts(offers.schema(), content)
    assert list(forms.faults(content, product.attributes)) == []
    assert content["as_of"]
    assert {"image", "unsupported"} & set(content)


@pytest.mark.parametrize("name", SERVICES)
def test_the_image_of_a_service_is_complete(name: str) -> None:
    product = built_in(name)
    found = offers.service(product)
    assert found
    assert found.health
    assert set(found.tags) <= set(product.known_releases), "a plan can ask for each release"
    assert set(product.releases) <= set(found.tags), "so that a plan for OpenStack can be tried"
    assert list(found.tags) == sorted(found.tags)
    assert set(product.artifacts.values()) == set(found.load)
    assert bool(found.data) == bool(product.data)
    assert set(found.attributes) == set(product.attributes), "otherwise name it here: it is lost"
    secret = {attribute for attribute, form in product.attributes.items() if form.secret}
    assert {found.attributes[attribute].form for attribute in secret} <= {"password"}


@pytest.mark.parametrize("name", SERVICES)
def test_scripts_are_in_the_folder_of_the_product(name: str) -> None:
    product = built_in(name)
    found = offers.service(product)
    assert found
    texts = offers.scripts(product)
    assert set(texts) == set(found.scripts)
    assert all(text.startswith("#!/bin/") and text.endswith("\n") for text in texts.values())
    started = [word for word in found.command if word.startswith("/")]
    assert set(started) <= set(texts), "a command starts a script that is there"


def test_each_service_of_the_catalogue_has_an_answer() -> None:
    others = [product.name for product in load() if product.role != "runtime"]
    assert [name for name in others if not (offers.service(built_in(name)) or offers.unsupported(built_in(name)))] == []


def test_the_newest_release_that_the_plan_accepts(kafka: Path) -> None:
    product = catalogue(kafka)["kafka"]
    found = offers.service(product)
    assert found
    assert [str(version) for version in found.tags] == ["3.9", "3.10", "4.1"], "oldest first"
    assert offers.fitting(found.tags, asked(product, "[3,4)")) == (Version("3.10"), "3.10.0")
    assert offers.fitting(found.tags, asked(product, "3.9")) == (Version("3.9"), "3.9.1")
    assert offers.fitting(found.tags, asked(product, "5")) is None


def test_a_users_product(kafka: Path) -> None:
    product = catalogue(kafka)["kafka"]
    diagnostics = Diagnostics()
    assert offers.sound([product], diagnostics)
    found = offers.service(product)
    assert found
    assert (found.image, found.data, found.as_of) == ("apache/kafka", "/var/lib/kafka", "2026-12-01")
    assert offers.scripts(product) == {"/usr/local/bin/camp-start": SCRIPT}, "unchanged"
    assert asdict(found.attributes["memory"]) == {"form": "", "words": ("--memory", "{value}m"), "environment": {}}
    assert found.folder("messages", 7, "log", "seed") == "/load/007/log/seed"
    assert found.folder("dump", 7, "log", "seed") is None
    assert offers.runtime(product) is None
    assert offers.unsupported(product) is None


def test_a_runtime_is_no_service(kafka: Path) -> None:
    (kafka / "docker.yaml").write_text(
        'as_of: "2026-12-01"\nimage: elixir\ntags: { "1.18": 1.18-slim }\nbuild: { web: ./run }\n'
    )
    product = catalogue(kafka)["kafka"]
    assert offers.sound([product], Diagnostics())
    assert offers.service(product) is None
    assert offers.runtime(product)


def test_an_unsupported_product(kafka: Path) -> None:
    (kafka / "docker.yaml").write_text("unsupported: { why: It is old., remedy: Use a new one. }\n")
    product = catalogue(kafka)["kafka"]
    assert offers.sound([product], Diagnostics())
    assert offers.service(product) is None
    refused = offers.unsupported(product)
    assert refused
    assert refused.remedy == "Use a new one."


def test_without_a_file_there_is_no_image(kafka: Path) -> None:
    (kafka / "docker.yaml").unlink()
    product = catalogue(kafka)["kafka"]
    assert offers.sound([product], Diagnostics())
    assert offers.service(product) is None
    assert offers.scripts(product) == {}


def test_a_users_product_has_the_file_of_the_built_in_one_with_its_name(kafka: Path) -> None:
    (kafka / "docker.yaml").unlink()
    redis = kafka.with_name("redis")
    kafka.rename(redis)
    found = offers.service(catalogue(redis)["redis"])
    assert found
    assert found.image == "redis"


@pytest.mark.parametrize(
    ("wrong", "right", "code", "line", "words"),
    [
        ("image: Apache Kafka", "image: apache/kafka", "CAMP311", 2, "image"),
        (
            "tags: { latest: latest }",
            'tags: { "4.1": "4.1.0", "3.9": "3.9.1", "3.10": "3.10.0" }',
            "CAMP311",
            3,
            "latest",
        ),
        ('"{prot}"', '"{port}"\nfiles', "CAMP306", 5, "{prot}"),
        (
            "{ /run/secrets/password: '{passwort}' }",
            '{ /run/secrets/password: "{password}" }',
            "CAMP306",
            6,
            "{passwort}",
        ),
        ('"{password}"]', '"{id}"]', "CAMP306", 8, "other users can read the password"),
        ('"{port"]', '"{port}"]', "CAMP306", 10, "health[3]"),
        ("/load/{name}/x", "/load/{number}/{database}/{id}", "CAMP306", 11, "{name}"),
        ('"{}m"]', '"{value}m"]', "CAMP306", 13, "attributes.memory.words[1]"),
        ("  memroy: {", "  memory: {", "CAMP306", 13, "no such attribute"),
        ("{ form: secret }", "{ form: password }", "CAMP311", 14, "secret"),
        ("docker-strat.sh", "docker-start.sh", "CAMP306", 7, "docker-strat.sh"),
    ],
)
def test_a_fault_is_reported_at_its_line(kafka: Path, wrong: str, right: str, code: str, line: int, words: str) -> None:
    if right.endswith("files"):
        wrong += "\nfiles"
    (fault,) = faults(kafka, wrong, right)
    assert fault.code.startswith(code)
    assert fault.span is not None
    assert (fault.span.file, fault.span.line) == ((kafka / "docker.yaml").as_posix(), line)
    assert words in f"{fault.message} {fault.label}"
    assert fault.help


def test_an_image_needs_tags(kafka: Path) -> None:
    (kafka / "docker.yaml").write_text('as_of: "2026-12-01"\nimage: apache/kafka\n')
    diagnostics = Diagnostics()
    assert not offers.sound(catalogue(kafka), diagnostics)
    (fault,) = diagnostics
    assert "it has no tags" in fault.message


def compiled(kafka: Path) -> phases.Compiled:
    """A plan with the product."""
    (kafka.parent / "web").mkdir()
    (kafka.parent / "web/main.py").write_text("app = None\n")
    (kafka.parent / "camp.yaml").write_text(WHOLE)
    return phases.compile(phases.load(kafka.parent / "camp.yaml"), target="docker", catalogue=[kafka])


def test_a_plan_with_a_users_product(kafka: Path) -> None:
    found = compiled(kafka)
    assert found.result is not None, found.diagnostics
    module = {block.address: block for block in found.result.lowered.module.blocks()}
    assert module["docker_image.events"].get("name") == "apache/kafka:3.10.0"
    command = module["docker_container.events"].get("command")
    assert isinstance(command, tuple)
    words = [word.value if isinstance(word, Commented) else word for word in command]
    assert words == ["bash", "/usr/local/bin/camp-start", "events", "--memory", "512m"]
    assert SCRIPT.encode() in [document.data for document in found.result.lowered.documents]


def test_a_plan_reports_a_fault_of_a_users_product(kafka: Path) -> None:
    (kafka / "docker.yaml").write_text(DOCKER.replace('"{id}"]', '"{password}"]'))
    found = compiled(kafka)
    (fault,) = (each for each in found.diagnostics if each.code == "CAMP306")
    assert fault.span is not None
    assert (fault.span.file, fault.span.line) == ((kafka / "docker.yaml").as_posix(), 8)


def test_only_the_file_of_a_used_product_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(file: Path) -> dict[str, str]:
        read.append(file.parent.name)
        return {}

    monkeypatch.setattr(products, "read", noted)
    products._built_in.cache_clear()
    offers.service(built_in("redis"))
    offers.unsupported(built_in("redis"))
    assert read == ["redis"]
    products._built_in.cache_clear()
