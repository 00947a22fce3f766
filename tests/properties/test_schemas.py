"""What a schema refuses is told, and every reader takes what it accepts: one meaning for one value."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camp2iac.camp.nodes import Node
from camp2iac.camp.schema import check
from camp2iac.camp.schema_keywords import accepts
from camp2iac.camp.yaml import parse
from camp2iac.catalogue import loader
from camp2iac.diagnostics import Diagnostics
from camp2iac.targets import environment, registry
from camp2iac.topology import profile


@cache
def schemas() -> Mapping[str, dict[str, Any]]:
    """Every schema that a user's document is checked against."""
    names = (*profile.CHARACTERISTICS, *profile.REQUIREMENTS, *profile.PLAN_KEYS)
    found = {name: profile.schema(name) for name in names}
    for name in ("openstack", "heroku"):
        target = registry.find(name)
        assert target is not None
        found[name] = environment.schema(target)
    product = loader.BUILT_IN.parent / "product.schema.json"
    return {**found, "product": json.loads(product.read_text(encoding="utf-8"))}


def within(schema: Any, way: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """A schema and all that it is made of."""
    if isinstance(schema, dict):
        yield way, schema
        for key, inner in schema.items():
            yield from within(inner, f"{way}/{key}")
    elif isinstance(schema, list):
        for number, inner in enumerate(schema):
            yield from within(inner, f"{way}/{number}")


def whole(schema: dict[str, Any]) -> bool:
    """Whether a whole number belongs there, and no other."""
    kinds = schema.get("type", ())
    return "integer" in ([kinds] if isinstance(kinds, str) else kinds) and "number" not in kinds


INTEGERS = [
    (f"{name}:{way}", part) for name, schema in schemas().items() for way, part in within(schema) if whole(part)
]


def node(value: Any) -> Node:
    found = parse(yaml.safe_dump(value, allow_unicode=True), "x.yaml", Diagnostics())
    assert found is not None
    return found


@pytest.mark.parametrize(("place", "schema"), INTEGERS, ids=[place for place, _ in INTEGERS])
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_a_whole_number_has_no_point(place: str, schema: dict[str, Any], data: st.DataObject) -> None:
    value = data.draw(st.integers(schema.get("minimum", 1), schema.get("maximum", 10**6)))
    written = node(float(value))
    assert isinstance(written.plain, float)
    diagnostics = Diagnostics()
    assert not check({**schema, "$defs": {}}, written, "It", "", diagnostics, written.span)
    (said,) = diagnostics
    assert (said.code, said.label) == ("CAMP311", "write a whole number without a decimal point")
    assert said.help.endswith(f": {value}"), place


def test_there_are_whole_numbers_in_every_kind_of_schema() -> None:
    names = {place.partition(":")[0] for place, _ in INTEGERS}
    assert {"Scale", "Compute", "Expose", "Ports", "Secrets", "openstack", "heroku", "product"} <= names


SCALARS = st.one_of(
    st.sampled_from(
        [
            0,
            1,
            2,
            80,
            -1,
            10**9,
            0.0,
            1.0,
            2.0,
            1.5,
            9090.0,
            1e300,
            True,
            False,
            None,
            "",
            "1",
            "2 GiB",
            "/x",
            "a-b",
            "(",
        ]
    ),
    st.just(datetime.date(2014, 11, 9)),
    st.text(max_size=4),
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def documents(schema: Mapping[str, Any], root: Mapping[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Documents of nearly that schema."""
    if "$ref" in schema:
        found: Any = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return documents(found, root, depth)
    kinds = [SCALARS, JUNK] if depth else []
    if "enum" in schema:
        kinds.append(st.sampled_from(schema["enum"]))
    if "const" in schema:
        kinds.append(st.just(schema["const"]))
    if "x-example" in schema:
        kinds.append(st.just(schema["x-example"]))
    kinds += [documents(each, root, depth + 1) for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ()))]
    if "items" in schema and depth < 6:
        kinds.append(st.lists(documents(schema["items"], root, depth + 1), max_size=3))
    types = schema.get("type", ())
    if (types == "object" or "object" in types) and depth < 6:
        keys = {name: documents(inner, root, depth + 1) for name, inner in schema.get("properties", {}).items()}
        fixed = st.fixed_dictionaries({}, optional=keys)
        more = schema.get("additionalProperties", True)
        inner = documents(more, root, depth + 1) if isinstance(more, dict) else SCALARS
        names = st.sampled_from(["web", "a b", "FOO", "x\n", "1.0", "org.x:y"])
        kinds.append(st.builds(lambda one, two: {**two, **one}, fixed, st.dictionaries(names, inner, max_size=2)))
    return st.one_of(*kinds)


@pytest.mark.parametrize("name", sorted(schemas()))
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_refused_is_told(name: str, data: st.DataObject) -> None:
    schema = schemas()[name]
    document = data.draw(documents(schema, schema))
    try:
        written = node(document)
    except AssertionError:
        return  # a text that no plan can hold
    diagnostics = Diagnostics()
    sound = check(schema, written, "It", "", diagnostics, written.span)
    assert sound == accepts(schema, written.plain) == (not list(diagnostics))
