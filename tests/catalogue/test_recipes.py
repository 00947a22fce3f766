"""The recipe of a product: its defaults, its families, and what cannot be one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from camp2iac.catalogue import Recipe, Version, load
from camp2iac.catalogue.forms import FORMS, faults
from camp2iac.catalogue.loader import BUILT_IN, SCHEMA
from camp2iac.catalogue.recipe import Repository, SELinux, TemplateFile, Unit, WebProcess, recipes
from camp2iac.diagnostics import Diagnostics
from camp2iac.record import Record

HEAD = "title: Ledger\nrole: service\ndescription: One.\n"


def keys(record: type[Record]) -> set[str]:
    return set(record.__struct_encode_fields__)


def test_the_schema_and_the_records_have_the_same_keys() -> None:
    recipe = json.loads(SCHEMA.read_text())["$defs"]["recipe"]["properties"]
    assert set(recipe) == keys(Recipe) | {"families"}
    assert set(recipe["unit"]["properties"]) == keys(Unit)
    assert set(recipe["web"]["properties"]) == keys(WebProcess)
    assert set(recipe["selinux"]["properties"]) == keys(SELinux)
    assert set(recipe["apt"]["additionalProperties"]["properties"]) == keys(Repository)
    assert set(json.loads(SCHEMA.read_text())["$defs"]["file"]["properties"]) == keys(TemplateFile)


def test_a_family_has_what_it_does_not_say_from_the_others() -> None:
    common, families = recipes({"packages": ["a"], "user": "www", "families": {"rhel": {"packages": ["b"]}}})
    assert (common.packages, common.user) == (("a",), "www")
    assert (families["rhel"].packages, families["rhel"].user) == (("b",), "www")
    assert Recipe().user == "root"
    assert Recipe().told


def test_which_recipe_a_system_has() -> None:
    httpd = load()["httpd"]
    assert httpd.recipe_for("debian-12").packages == ("apache2",)
    assert httpd.recipe_for("ubuntu-24.04") is httpd.recipe
    assert httpd.recipe_for("rocky-9.4").packages == ("httpd",)


def test_packages_by_release() -> None:
    java = load()["java"].recipe
    assert java.packages_of(Version("17")) == ("openjdk-17-jre-headless",)
    assert java.packages_of(Version("12")) == ()
    assert java.packages_of(None) == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("machine: { unknown: 1 }", "CAMP313"),
        ("machine: { families: { rhel: { unknown: 1 } } }", "CAMP313"),
        ("machine: { families: { rhel: { unit: { running: a.service } } } }", "CAMP314"),
        ("machine: { families: { rhel: { families: {} } } }", "CAMP306"),
        ("machine: { files: [{ path: /a }] }", "CAMP314"),
    ],
)
def test_what_is_no_recipe(tmp_path: Path, written: str, code: str) -> None:
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger/product.yaml").write_text(f"{HEAD}{written}\n")
    found = Diagnostics()
    assert "ledger" not in load([tmp_path], found).products
    assert [item.code for item in found] == [code]


@pytest.mark.parametrize("file", sorted(BUILT_IN.glob("*/product.yaml")), ids=lambda file: file.parent.name)
def test_forms_name_what_they_know(file: Path) -> None:
    assert [(fault.key, fault.problem) for fault in faults(yaml.safe_load(file.read_text()))] == []


def test_every_form_is_a_key_of_the_schema() -> None:
    """And the schema says of each that it is one."""
    schema = json.loads(SCHEMA.read_text())
    for key in FORMS:
        form = {**schema, "properties": {**schema["properties"], "machine": schema["$defs"]["recipe"]}}
        for word in key.replace("[]", ".[]").split("."):
            if word != "[]":
                form = form["properties"][word]
            elif form.get("items"):
                form = schema["$defs"][form["items"].get("$ref", "file").rpartition("/")[2]]
        assert "form" in form["description"].lower(), key
