"""The rules are sound: each has the form of its record, and names what the catalogue has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from camp2iac.catalogue import load
from camp2iac.detect import rules
from camp2iac.detect.rules import Language
from camp2iac.targets.programs.demands import declarations

CATALOGUE = load()
LANGUAGES = rules.languages()
SCHEMA = yaml.safe_load((rules.HERE / "rules.schema.json").read_text())


@pytest.mark.parametrize("file", sorted(rules.RULES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_has_the_form_of_the_schema(file: Path) -> None:
    assert [each.message for each in Draft202012Validator(SCHEMA).iter_errors(yaml.safe_load(file.read_text()))] == []


def test_the_schema_has_all_fields() -> None:
    assert set(SCHEMA["properties"]) == set(Language.__struct_fields__)
    assert SCHEMA["additionalProperties"] is False


@pytest.mark.parametrize("language", [each for each in LANGUAGES if not each.unsupported], ids=lambda each: each.title)
def test_a_language_names_what_the_catalogue_has(language: Language) -> None:
    product = CATALOGUE[language.product]
    assert language.artifact in product.artifacts
    assert language.requirement in product.requirements
    assert language.characteristic in product.characteristics
    known = rules.services()
    assert {*language.drivers.values(), *language.brokers.values(), *language.needs} <= set(known)
    assert {each.service for each in language.contents} <= set(known)
    for framework in language.frameworks:
        if framework.product:
            assert framework.artifact in CATALOGUE[framework.product].artifacts
            assert framework.requirement in CATALOGUE[framework.product].requirements
            assert set(framework.characteristics) <= set(CATALOGUE[framework.product].characteristics)
        assert set(framework.ids) <= set(known)


def test_services_name_what_the_catalogue_has() -> None:
    for name, rule in rules.services().items():
        product = CATALOGUE[name]
        assert product.requirements[rule.connect] == "connect"
        assert product.link is not None
        assert product.link.variable == rule.reads[0]


def test_expressions_compile() -> None:
    sources = [each for language in LANGUAGES for each in (*language.dependencies, *language.names)]
    sources += [each for language in declarations.languages().values() for each in language.declarations]
    for expression in [each.pattern for each in sources] + [language.workers for language in LANGUAGES]:
        re.compile(expression)
    assert all(bool(each.json) + bool(each.toml) + bool(each.pattern) == 1 for each in sources)


def test_orders_differ() -> None:
    orders = [language.order for language in LANGUAGES]
    assert len(set(orders)) == len(orders)
