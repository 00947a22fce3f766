"""One mistake in a plan or an environment file gives one error, not one for each place that depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from camp2iac import plan as library

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { data: "" }
    requirements:
      - requirement_type: org.python:run
        fulfillment: id:web
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:database
      - requirement_type: org.camp2iac:Env
        GREETING: { parameter: greeting }
        TITLE: { parameter: greeting }
        KEY: { secret: key }
        OTHER: { secret: key }
  - name: schema
    artifact_type: org.sql:SqlScript
    content: { data: "" }
    requirements:
      - requirement_type: org.sql:ExecuteAt
        fulfillment: id:database
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:version
      - characteristic_type: org.camp2iac:Placement
        networks: [front, back]
      - characteristic_type: org.camp2iac:Scale
        min: { parameter: count }
        max: { parameter: count }
  - id: database
    characteristics:
      - characteristic_type: PostgreSQL
      - characteristic_type: org.camp2iac:Placement
        networks: [back]
      - characteristic_type: org.camp2iac:Compute
        cores: { parameter: count }
org.camp2iac:Networks:
  front: { cidr: 10.20.1.0/24 }
  back: { cidr: 10.20.2.0/24 }
org.camp2iac:Parameters:
  greeting: { description: The first words, default: Hello }
  count: { description: How many, default: 2 }
org.camp2iac:Secrets:
  key: { generate: 32 }
"""
ENVIRONMENT = "target: docker\n"
DECLARED = ("services", "org.camp2iac:Networks", "org.camp2iac:Parameters", "org.camp2iac:Secrets")


def errors(folder: Path, plan: str, environment: str = ENVIRONMENT) -> list[str]:
    (folder / "camp.yaml").write_text(plan, encoding="utf-8")
    file = folder / "docker.yaml"
    file.write_text(environment, encoding="utf-8")
    found = library.read(folder).check(file).diagnostics
    return [f"{each.code}: {each.message}" for each in found if each.level.value == "error"]


def declarations(node: yaml.Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], yaml.Node]]:
    """Each key and value of what other parts of the plan refer to, except the names themselves."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            named = len(path) == 1 and path[0] in DECLARED[1:]
            if not named:
                yield (*path, key.value), key
            yield from declarations(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from declarations(value, (*path, str(index)))
    elif path[-1] != "id":
        yield path, node


def edits() -> list[str]:
    found = []
    for path, node in declarations(yaml.compose(PLAN)):
        if path[0] in DECLARED:
            start, end = node.start_mark.index, node.end_mark.index
            found += [PLAN[:start] + text + PLAN[end:] for text in (PLAN[start:end] + "q", "[]")]
    return found


def test_the_plan_is_sound(tmp_path: Path) -> None:
    assert errors(tmp_path, PLAN) == []


def test_a_wrong_declaration_is_one_error(tmp_path: Path) -> None:
    wrong = [found for plan in edits() if (found := errors(tmp_path, plan))]
    assert len(wrong) > 40
    assert [found for found in wrong if len(found) > 2] == []  # two: an unknown key, and the required one that it was
    assert [found for found in wrong if len(found) > 1 and not found[0].startswith("CAMP3")] == []


@pytest.mark.parametrize("value", ["two", "2.5", "-1", "true", '"2"', "[1]", "null", "{ a: b }"])
@pytest.mark.parametrize("declared", ["count: { description: How many, default: 2 }", "count: { description: x }"])
def test_a_wrong_parameter_is_one_error(tmp_path: Path, declared: str, value: str) -> None:
    plan = PLAN.replace("count: { description: How many, default: 2 }", declared)
    assert len(errors(tmp_path, plan, f"{ENVIRONMENT}parameters: {{ count: {value} }}\n")) == 1


def test_a_misspelt_id_is_one_error(tmp_path: Path) -> None:
    for name in ("databse", "store", "12345", "[]"):
        assert len(errors(tmp_path, PLAN.replace("- id: database", f"- id: {name}"))) == 1, name
    assert len(errors(tmp_path, PLAN.replace("services:", "servces:"))) <= 1  # a key that CAMP does not define
    assert len(errors(tmp_path, PLAN.replace("services:", "services: 12\nx:"))) == 1
