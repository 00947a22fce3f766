"""The schemas for editors: ``schema --write``, the first lines that name them, and what they report."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from running import PLAN, Command

from camp2iac.targets import registry

MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")
NAMES = ("camp", *registry.names())


def schema_of(file: Path) -> dict[str, object]:
    """The schema that the first line of a file names, by a path from its folder."""
    found = MODELINE.fullmatch(file.read_text().splitlines()[0])
    assert found
    schema: dict[str, object] = json.loads((file.parent / found[1]).read_text())
    return schema


def faults(file: Path) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema_of(file))
    return [each.message for each in validator.iter_errors(yaml.safe_load(file.read_text()))]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_init_writes_them(folder: Path, camp2iac: Command) -> None:
    done = camp2iac("init", "--yes")
    assert done.status == 0
    assert "written: .camp2iac/" in done.err
    files = [Path("camp.yaml"), *Path("environments").glob("*.yaml")]
    assert len(files) == len(NAMES)
    for file in files:
        assert not faults(file), file
    Path("camp.yaml").write_text(Path("camp.yaml").read_text().replace("public: true", "publik: true"))
    assert any("publik" in each for each in faults(Path("camp.yaml")))
    with Path("environments/heroku.yaml").open("a") as file:
        file.write("backend: { s3: { bucket: [states] } }\nregoin: eu\n")
    found = " ".join(faults(Path("environments/heroku.yaml")))
    assert "regoin" in found
    assert "['states']" in found


def test_write(folder: Path, camp2iac: Command) -> None:
    Path("camp.yaml").write_text(PLAN)
    Path("environments").mkdir()
    Path("environments/prod.yaml").write_text("target: heroku\n")
    Path("environments/odd.yaml").write_text("target: mars\n")
    done = camp2iac("schema", "--write")
    assert done.status == 0
    assert done.out == ""
    assert "  camp.yaml: # yaml-language-server: $schema=.camp2iac/camp.schema.json\n" in done.err
    assert "  environments/prod.yaml: # yaml-language-server: $schema=../.camp2iac/heroku.schema.json\n" in done.err
    assert "odd.yaml" not in done.err
    names = {".gitattributes", *(f"{name}.schema.json" for name in NAMES)}
    assert {each.name for each in Path(".camp2iac").iterdir()} == names
    again = camp2iac("schema", "--write")
    assert ".camp2iac: up to date" in again.err
    Path(".camp2iac/heroku.schema.json").write_text('{\n  "$id": "urn:camp2iac:schema:environment:heroku"\n}\n')
    assert ".camp2iac: 1 written" in camp2iac("schema", "--write").err


def test_the_same_as_printed(folder: Path, camp2iac: Command) -> None:
    Path("camp.yaml").write_text(PLAN)
    camp2iac("schema", "--write")
    assert Path(".camp2iac/camp.schema.json").read_text() == camp2iac("schema", "plan").out
    printed = camp2iac("schema", "environment", "--target", "docker").out
    assert Path(".camp2iac/docker.schema.json").read_text() == printed


def test_each_has_an_id(camp2iac: Command) -> None:
    found = {
        "plan": ("plan",),
        "product": ("product",),
        "product:heroku": ("product", "--target", "heroku"),
        **{f"environment:{name}": ("environment", "--target", name) for name in registry.names()},
    }
    for name, arguments in found.items():
        schema = json.loads(camp2iac("schema", *arguments).out)
        assert schema["$id"] == f"urn:camp2iac:schema:{name}"
        assert list(schema)[:2] == ["$schema", "$id"]
        jsonschema.Draft202012Validator.check_schema(schema)


def test_files_of_others_stay(folder: Path, camp2iac: Command) -> None:
    Path("camp.yaml").write_text(PLAN)
    Path(".camp2iac").mkdir()
    Path(".camp2iac/camp.schema.json").write_text("{}\n")
    done = camp2iac("schema", "--write")
    assert done.status == 1
    assert ".camp2iac/camp.schema.json is in the way: camp2iac did not write it" in done.err
    assert [each.name for each in Path(".camp2iac").iterdir()] == ["camp.schema.json"]


def test_links_are_not_followed(folder: Path, camp2iac: Command, tmp_path_factory: pytest.TempPathFactory) -> None:
    Path("camp.yaml").write_text(PLAN)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    Path(".camp2iac").symlink_to(elsewhere)
    assert "is not a plain folder" in camp2iac("schema", "--write").err
    Path(".camp2iac").unlink()
    Path(".camp2iac").mkdir()
    Path(".camp2iac/camp.schema.json").symlink_to(elsewhere / "x")
    assert "is not a plain file" in camp2iac("schema", "--write").err
    assert not list(elsewhere.iterdir())


def test_usage(folder: Path, camp2iac: Command) -> None:
    assert camp2iac("schema", "--write").status == 2
    assert camp2iac("schema", "plan", "--write").status == 2
    assert camp2iac("schema").status == 2


def test_write_finds_the_plan_above_and_says_which_lines_are_wrong(folder: Path, camp2iac: Command) -> None:
    (folder / "camp.yaml").write_text("camp_version: CAMP 1.1\n")
    (folder / "environments").mkdir()
    (folder / "environments/prod.yml").write_text("target: heroku\n")
    (folder / "environments/test.yaml").write_text(
        "# yaml-language-server: $schema=../.camp2iac/heroku.schema.json\ntarget: openstack\n"
    )
    own = "# yaml-language-server: $schema=https://example.org/own.json\ntarget: docker\n"
    (folder / "environments/own.yaml").write_text(own)
    (folder / "web").mkdir()
    os.chdir(folder / "web")
    said = camp2iac("schema", "--write").err
    assert "../.camp2iac: " in said
    assert "  ../environments/prod.yml: # yaml-language-server: $schema=../.camp2iac/heroku.schema.json\n" in said
    assert "  ../environments/test.yaml: # yaml-language-server: $schema=../.camp2iac/openstack.schema.json\n" in said
    assert "own.yaml" not in said
    assert (folder / ".camp2iac/camp.schema.json").is_file()
