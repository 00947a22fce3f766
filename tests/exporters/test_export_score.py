"""The Score workloads of all examples and cases: valid by the schema, complete, and readable by the importer."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML
from support import exports
from support.exports import PlanExport

from camp2iac.cli import run
from camp2iac.exporters.formats.score.decisions import TYPES
from camp2iac.importers import Fate, read, registry
from camp2iac.targets.base import Outcome
from camp2iac.topology import statement_kinds as kinds

#: score-v1b1.json of the repository score-spec/spec, which is not part of this one
SCHEMA = os.environ.get("SCORE_SCHEMA", "")
PLACEHOLDER = re.compile(r"(?<!\$)(?:\$\$)*\$\{resources\.([a-z0-9-]+)(?:\.(\w+))?\}")
OUTPUTS = {
    "service-port": {"hostname", "port"},
    "dns": {"host"},
    "volume": {None},
    "postgres": {"host", "port", "username", "password", "name"},
    "mysql": {"host", "port", "username", "password", "name"},
    "redis": {"host", "port", "username", "password"},
    "amqp": {"host", "port", "username", "password", "vhost"},
    "mongodb": {"host", "port", "username", "password", "connection"},
    "memcached": {"host", "port"},
}
#: Kinds of statements that an image or a service elsewhere decides, so Docker's words are true for Score as well.
OF_THE_IMAGE = {kinds.OPTION, kinds.PROCESS, kinds.PACKAGES, kinds.PRODUCT, kinds.VERSION, kinds.ATTRIBUTE, kinds.HREF}
Documents = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def exported() -> list[PlanExport]:
    found = list(exports.all_exports("score"))
    assert len(found) > 50
    return found


def workloads(export: PlanExport) -> Documents:
    yaml = YAML(typ="safe")
    return {path: yaml.load(file.data.decode()) for path, file in export.files.items() if path.endswith(".score.yaml")}


def test_the_schema_of_score(exported: list[PlanExport]) -> None:
    if not SCHEMA:
        pytest.skip("THE SCHEMA OF SCORE IS NOT HERE: set SCORE_SCHEMA to score-v1b1.json of score-spec/spec")
    validator = jsonschema.Draft202012Validator(json.loads(Path(SCHEMA).read_text()))
    number = 0
    for export in exported:
        for path, document in workloads(export).items():
            assert [each.message for each in validator.iter_errors(document)] == [], (export.name, path)
            number += 1
    assert number > 80
    assert not validator.is_valid({"apiVersion": "score.dev/v1b1", "metadata": {"name": "a"}, "containers": {}})


def test_nothing_is_forgotten(exported: list[PlanExport]) -> None:
    for export in exported:
        assert len(export.statements) == len(export.planned)
        assert all(each.why for each in export.statements if each.fate is not Fate.KEPT), export.name


def test_nothing_is_said_in_words_of_docker(exported: list[PlanExport]) -> None:
    """The report begins with the outcomes on Docker; what Score decides has its own."""
    for export in exported:
        for planned, stated in zip(export.planned, export.statements, strict=True):
            compiled = planned.how.startswith("compiled in")  # before any platform
            if compiled or planned.outcome is Outcome.LOST or planned.statement.kind in OF_THE_IMAGE:
                continue
            same = stated.to == planned.how and stated.why == planned.why
            assert not same or stated.fate is Fate.LEFT_OUT, (export.name, stated.path, stated.to)


def test_what_a_workload_names_exists(exported: list[PlanExport]) -> None:
    """Resources and their outputs, ports, workloads, containers, folders and variables."""
    seen = set()
    for export in exported:
        documents = workloads(export)
        assert documents, export.name
        ports = {each["metadata"]["name"]: set(each.get("service", {}).get("ports", {})) for each in documents.values()}
        assert len(ports) == len(documents), export.name
        given = set()
        for document in documents.values():
            resources = document.get("resources", {})
            used = set(PLACEHOLDER.findall(json.dumps([document["containers"], list(resources.values())])))
            for name, output in used:
                kind = resources[name]["type"]
                given |= {output} if kind == "environment" else set()
                assert kind == "environment" or (output or None) in OUTPUTS.get(kind, {output}), (export.name, name)
            types = {name: each["type"] for name, each in resources.items()}
            seen |= set(types.values())
            assert {name for name, kind in types.items() if kind != "route"} == {name for name, _ in used}
            _check(export, document, ports)
        example = export.files.get(".env.example")
        listed = re.findall(r"^([A-Z0-9_]+)=", example.data.decode(), re.MULTILINE) if example is not None else []
        assert set(listed) == given, export.name
        assert all(sum(step.count(f" {path}") for step in export.steps) == 1 for path in documents), export.name
    assert {*OUTPUTS, "route", "environment"} <= seen
    assert {each.type for each in TYPES.values()} <= set(OUTPUTS)


def _check(export: PlanExport, document: dict[str, Any], ports: dict[str, set[str]]) -> None:
    own, containers = document["metadata"]["name"], document["containers"]
    for resource in document.get("resources", {}).values():
        if resource["type"] in ("service-port", "route"):
            assert resource["params"]["port"] in ports[resource["params"].get("workload", own)]
    built = [each for each in containers.values() if each["image"] == "."]
    folder = document["metadata"].get("annotations", {}).get("org.camp2iac/build")
    assert bool(built) == bool(folder)
    assert not built or f"{folder}/Dockerfile" in export.files
    for container in containers.values():
        assert set(container.get("before", {})) <= set(containers)
        assert all(isinstance(each, str) for each in container.get("variables", {}).values())


def test_no_secret_is_written() -> None:
    """Passwords are outputs of resources, secrets those of the environment, without any value."""
    export = next(each for each in exports.all_exports("score") if each.name == "tests/exporters/score/market/files")
    variables = workloads(export)["shop.score.yaml"]["containers"]["web"]["variables"]
    assert variables["SEAL"] == "${resources.env.SEAL}"
    assert variables["PIN"] == "${resources.orders.password}"
    assert re.search(r"^SEAL=$", export.files[".env.example"].data.decode(), re.MULTILINE)


def test_the_importer_reads_each(exported: list[PlanExport], tmp_path: Path) -> None:
    importer = registry.find("score")
    assert importer is not None
    for export in exported:
        place = tmp_path / export.folder
        export.write(place)
        imported = read("score", importer, place)
        assert imported.plan is not None, (export.name, [each.message for each in imported.diagnostics])
        assert not imported.ledger.forgotten(), export.name


def test_a_plan_without_components(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = (
        "camp_version: CAMP 1.1\nservices:\n  - id: db\n    characteristics:\n      - characteristic_type: PostgreSQL\n"
    )
    Path("camp.yaml").write_text(plan)
    assert run(["export", "score"]) == 1
    assert "error[CAMP776]" in capsys.readouterr().err
    assert not Path("infra").exists()
    assert run(["export", "compose"]) == 0  # what the message says
