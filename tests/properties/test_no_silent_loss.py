"""No leaf of a plan can change without the output, the report or the diagnostics changing.

Three things may change unseen: a value that is hidden because its key speaks of a secret, ``CAMP 1.1`` to ``CAMP
1.2``, which are read alike, and the description of a parameter that has no Terraform variable.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from camp2iac import read
from camp2iac.camp import grammar
from camp2iac.camp.nodes import Node, Scalar
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics
from camp2iac.topology.profile import CHARACTERISTICS, PLAN_KEYS, REQUIREMENTS, schema
from camp2iac.topology.requirements import PROFILE
from tests.properties.outcome import changed, leaves, outcome, put, quoted

ROOT = Path(__file__).parents[2]
WHOLE = Path(__file__).parent / "every-form"
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/camp.yaml"))
TARGETS = ("openstack", "heroku")


def choices() -> Iterator[tuple[str, list[Any]]]:
    """The keys of the profile that choose, with what they choose from."""
    for name in (*CHARACTERISTICS, *REQUIREMENTS, *PLAN_KEYS):
        for key, property_ in properties(name).items():
            if "enum" in property_:
                yield key, property_["enum"]


def properties(name: str) -> dict[str, Any]:
    """The keys of a type; of what is declared on the plan, those of each declaration."""
    found = schema(name)
    inner = found.get("additionalProperties")
    return found.get("properties") or (inner.get("properties", {}) if isinstance(inner, dict) else {})


def others(way: tuple[str | int, ...], leaf: Scalar) -> Iterator[str]:
    """Other values for a leaf, in YAML: a near one, the next number in it, what else may be chosen."""
    yield changed(leaf)
    if isinstance(leaf.value, str) and (numbers := re.findall(r"\d+", leaf.text)):
        head, _, tail = leaf.text.rpartition(numbers[-1])
        yield quoted(f"{head}{int(numbers[-1]) + 1}{tail}")
    for key, values in choices():
        if way[-1] == key and leaf.value in values:
            yield from (yaml.safe_dump(value).split("\n")[0] for value in values if value != leaf.value)


def _names(value: object) -> Iterator[str]:
    """The keys of a mapping that have values, and those of the mappings in it."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _names(each) if isinstance(each, dict) else [name]


def decided(folder: Path, target: str) -> set[tuple[str, ...]]:
    """The ends of ways to leaves that count for nothing: the operator gives another value, or only camp2iac uses it."""
    environment = folder / "environments" / f"{target}.yaml"
    given = yaml.safe_load(environment.read_text())
    found = {(name, "default") for name in given.get("parameters", {})}
    for entry in read(folder / "camp.yaml").compile(environment).statements():
        if entry.statement.words.startswith("Parameter ") and entry.how.startswith("compiled in"):
            found.add((entry.statement.words.removeprefix("Parameter "), "description"))
    found |= {(name,) for name in _names(given.get("overrides", {}))}
    return found | {(name,) for variables in given.get("variables", {}).values() for name in variables}


@pytest.mark.parametrize("plan", [*EXAMPLES, pytest.param(WHOLE, marks=pytest.mark.slow)], ids=lambda path: path.name)
def test_every_leaf_counts(plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / plan.name
    shutil.copytree(plan, folder, ignore=shutil.ignore_patterns("infra"))
    text = (folder / "camp.yaml").read_text()
    node = parse(text, "camp.yaml", Diagnostics())
    assert node is not None
    before = {target: outcome(folder, target) for target in TARGETS}
    ignored = {target: decided(folder, target) for target in TARGETS}
    silent = []
    found = [(way, leaf) for way, leaf in leaves(node) if leaf.span.line == leaf.span.end_line]
    for way, leaf in found:
        for written in others(way, leaf):
            if written == '"CAMP 1.2"':
                continue
            (folder / "camp.yaml").write_text(put(text, leaf, written))
            for target, old in before.items():
                given = any(way[-len(end) :] == end for end in ignored[target])
                if not given and outcome(folder, target) == old:
                    silent.append(f"{target}: {'.'.join(map(str, way))}: {leaf.text} -> {written}")
    assert len(found) > 5
    assert not silent, "\n".join(silent)


def mappings(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from mappings(item)


def test_the_whole_plan_has_every_form() -> None:
    """So that a key that comes to the grammar or the profile comes to the plan, and a leaf of it cannot vanish."""
    plan = yaml.safe_load((WHOLE / "camp.yaml").read_text())
    assert not outcome_errors(), outcome_errors()
    nodes = {"plan": [plan], "artifact": plan["artifacts"], "content": [each["content"] for each in plan["artifacts"]]}
    nodes["requirement"] = [each for artifact in plan["artifacts"] for each in artifact["requirements"]]
    inline = [each["fulfillment"] for each in nodes["requirement"] if isinstance(each.get("fulfillment"), dict)]
    nodes["service"] = [*plan["services"], *inline]
    nodes["characteristic"] = [each for service in nodes["service"] for each in service["characteristics"]]
    keys = {name: {key for each in found for key in each} for name, found in nodes.items()}
    assert set(grammar.PLAN) <= keys["plan"]
    assert set(grammar.ARTIFACT) <= keys["artifact"]
    assert {"href", "data", "root", "sha256"} <= keys["content"]
    assert set(grammar.REQUIREMENT) <= keys["requirement"]
    assert set(grammar.SERVICE) <= keys["service"]
    assert set(grammar.CHARACTERISTIC) <= keys["characteristic"]
    without = [name for name, found in keys.items() if not any(key.startswith("org.example:") for key in found)]
    assert without == [], "no extension key of one"
    fulfillments = {type(each.get("fulfillment")) for each in nodes["requirement"]}
    assert fulfillments == {str, dict, type(None)}
    assert {"id" in service for service in inline} == {True, False}
    assert {"id" in service for service in plan["services"]} == {True, False}


def outcome_errors() -> list[str]:
    """A plan that does not compile would make every change of it a change of its errors."""
    return [target for target in TARGETS if isinstance(outcome(WHOLE, target), list)]


@pytest.mark.parametrize("name", [*CHARACTERISTICS, *REQUIREMENTS, *PLAN_KEYS])
def test_the_whole_plan_has_every_key_of_the_profile(name: str) -> None:
    plan = yaml.safe_load((WHOLE / "camp.yaml").read_text())
    type_ = f"{PROFILE}{name}"
    if name in PLAN_KEYS:
        given = [declared or {} for declared in plan[type_].values()]
    else:
        given = [each for each in mappings(plan) if type_ in (each.get(key) for key in TYPES)]
    assert given
    anything = schema(name).get("additionalProperties")
    if name not in PLAN_KEYS and isinstance(anything, dict) and "properties" in anything:
        assert {type(value) for each in given for value in each.values()} == {str, dict}
        given = [value for each in given for value in each.values() if isinstance(value, dict)]
    assert {key for each in given for key in each} >= properties(name).keys()
    if isinstance(anything, dict) and "anyOf" in anything:
        values = [value for each in given for key, value in each.items() if key not in TYPES]
        kinds = {JSON[type(value)] if not isinstance(value, dict) else next(iter(value)) for value in values}
        assert kinds == set(forms(anything))


TYPES = ("characteristic_type", "requirement_type")
JSON = {str: "string", int: "number", float: "number", bool: "boolean"}


def forms(anything: dict[str, Any]) -> Iterator[str]:
    """What a value may be: a type of JSON, or a mapping by its key."""
    for form in anything["anyOf"]:
        yield from form["required"] if "required" in form else form["type"]


def test_a_leaf_that_is_no_statement_is_found() -> None:
    """The property itself: it takes no notice of places, and of nothing else."""
    node: Node | None = parse("a: { b: [x, 1] }\n", "camp.yaml", Diagnostics())
    assert node is not None
    found = dict(leaves(node))
    assert list(found) == [("a", "b", 0), ("a", "b", 1)]
    assert put("a: { b: [x, 1] }\n", found["a", "b", 0], quoted("y")) == 'a: { b: ["y", 1] }\n'
    assert put("a: { b: [x, 1] }\n", found["a", "b", 1], changed(found["a", "b", 1])) == "a: { b: [x, 2] }\n"
