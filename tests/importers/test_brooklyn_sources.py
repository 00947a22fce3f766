"""Hostile blueprints of Brooklyn, and what the importer must not copy."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from camp2iac.importers import Imported, read, registry
from tests.packing.making import camp2iac, laid_out, tree

HERE = Path(__file__).parent
TOMCAT = "services:\n  - type: TomcatServer\n    brooklyn.config:\n      wars.root: https://files.example.org/a.war\n"
SECRET = "Zq81-never-in-a-file"


def imported(folder: Path) -> Imported:
    importer = registry.find("brooklyn")
    assert importer is not None
    return read("brooklyn", importer, folder)


def of(text: str, place: Path) -> Imported:
    return imported(laid_out(place / "shop", {"blueprint.yaml": text.encode()}))


@pytest.mark.parametrize(
    "value",
    [
        "$brooklyn:" + "formatString(" * 400,
        '$brooklyn:formatString("%s%s", "a")',
        "$brooklyn:",
        '$brooklyn:component("x")' + ".parent()" * 500,
        '$brooklyn:self().config("A")',
        '{ "$brooklyn:formatString": { a: b } }',
        '{ "$brooklyn:literal": [1] }',
        "[1, 2]",
    ],
)
def test_values_that_cannot_be_read(value: str, tmp_path: Path) -> None:
    quoted = value if value[0] in "{[" else "'" + value.replace("'", "''") + "'"
    result = of(f"{TOMCAT}      shell.env:\n        A: {quoted}\n", tmp_path)
    assert result.plan is not None
    assert result.ledger.forgotten() == []
    assert "org.camp2iac:Env" not in result.plan.text("brooklyn", "blueprint.yaml")


def test_values_that_multiply(tmp_path: Path) -> None:
    """Each value has many references to the next: only a bounded number of them is followed."""
    many = ", ".join(['config("K{}")'] * 150)
    keys = "".join(
        f"      K{n}: '$brooklyn:formatString(\"%s\", {many.replace('{}', str(n + 1))})'\n" for n in range(6)
    )
    start = time.process_time()
    result = of(f"{TOMCAT}{keys}      K6: x\n      shell.env: {{ A: '$brooklyn:config(\"K0\")' }}\n", tmp_path)
    assert result.plan is not None
    assert time.process_time() - start < 20


def test_items_that_contain_themselves(tmp_path: Path) -> None:
    text = (
        "brooklyn.catalog:\n  items:\n    - id: a\n      item:\n        type: a\n        brooklyn.children:\n"
        "          - type: a\n          - type: a\n          - type: TomcatServer\n"
    )
    result = of(text, tmp_path)
    assert result.plan is not None
    assert len(result.plan.services) <= 200
    assert result.ledger.forgotten() == []


def test_no_password_is_in_any_file(tmp_path: Path) -> None:
    """Neither in the plan and its scripts, nor in what is compiled from it."""
    shop = tmp_path / "shop"
    shutil.copytree(HERE / "brooklyn/shop/files", shop)
    text = (shop / "blueprint.yaml").read_text()
    for word in ("s3a-Secret", "t0ken-1234567890", "AKIAEXAMPLE"):
        assert word in text
        text = text.replace(word, f"{SECRET}-{word}")
    text = text.replace("pgrep searchd", f"curl -u a:{SECRET} localhost")
    text = text.replace("searchd --config", f"searchd --password={SECRET} --config")
    (shop / "blueprint.yaml").write_text(text)
    done = camp2iac("import", "brooklyn", str(shop), "-o", str(tmp_path / "plan"), "--output", "json")
    assert done.status == 0, done.err
    assert SECRET not in done.out + done.err
    for target in ("docker", "kubernetes", "openstack"):
        environment, place = tmp_path / f"plan/environments/{target}.yaml", tmp_path / "out" / target
        assert camp2iac("synth", tmp_path / "plan", "-e", environment, "-o", place).status == 0
    for name, (_, data) in {**tree(tmp_path / "plan"), **tree(tmp_path / "out")}.items():
        assert SECRET.encode() not in data, name
