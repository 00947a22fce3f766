"""The quick check of JSON Schema, keyword by keyword: what just passes, and what just does not."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from camp2iac.camp.schema_keywords import KEYWORDS, accepts, misread, pattern
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics

A, B = {"type": "string"}, {"minimum": 2}
#: Keyword by keyword: a schema, values that are valid, values that are not.
TABLE: list[tuple[dict[str, Any], list[Any], list[Any]]] = [
    ({"type": "string"}, ["", "a"], [1, None, True, [], {}]),
    ({"type": "integer"}, [0, -1], [1.5, "1", True, None]),
    ({"type": "number"}, [0, 1.5], ["1", False]),
    ({"type": "boolean"}, [True, False], [0, 1, "true"]),
    ({"type": "null"}, [None], [0, "", False]),
    ({"type": "array"}, [[]], [{}, ""]),
    ({"type": "object"}, [{}], [[], ""]),
    ({"type": ["string", "null"]}, ["", None], [0, []]),
    ({"enum": [1, "a"]}, [1, "a"], ["1", True, 2]),
    ({"const": 1}, [1], [2, "1", True]),
    ({"pattern": "^a+$"}, ["a", "aa", 1], ["", "b", "ab", "a\n"]),
    ({"pattern": "b"}, ["abc"], ["a"]),
    ({"minimum": 2}, [2, 2.5, "a", True], [1, 1.9]),
    ({"maximum": 2}, [2, 1, "aaa", True], [3, 2.1]),
    ({"minLength": 2}, ["ab", 1, []], ["a", ""]),
    ({"maxLength": 2}, ["ab", "", 111], ["abc"]),
    ({"minItems": 1}, [[1], "", {}], [[]]),
    ({"maxItems": 1}, [[1], [], "ab"], [[1, 2]]),
    ({"minProperties": 1}, [{"a": 1}, []], [{}]),
    ({"maxProperties": 1}, [{"a": 1}, {}, [1, 2]], [{"a": 1, "b": 2}]),
    ({"uniqueItems": True}, [[1, 2], [], "aa"], [[1, 1]]),
    ({"required": ["a"]}, [{"a": None}, []], [{}, {"b": 1}]),
    ({"properties": {"a": A}}, [{}, {"a": "x"}, {"b": 1}, []], [{"a": 1}]),
    ({"properties": {"a": A}, "additionalProperties": False}, [{}, {"a": "x"}], [{"b": 1}, {"a": "x", "b": 1}]),
    ({"properties": {"a": {}}, "additionalProperties": True}, [{"b": 1}, {"a": 1}], []),
    ({"additionalProperties": A}, [{"b": "x"}, {}, []], [{"b": 1}, {"a": "x", "b": 1}]),
    ({"propertyNames": {"maxLength": 1}}, [{"a": 1}, {}, []], [{"ab": 1}]),
    ({"items": A}, [["a"], [], {}], [[1], ["a", 1]]),
    ({"anyOf": [A, B]}, ["a", 2], [1]),
    ({"oneOf": [A, B]}, [2], ["a", 1]),
    ({"$ref": "#/$defs/x", "$defs": {"x": {"items": {"$ref": "#/$defs/y"}}, "y": A}}, [["a"]], [[1]]),
    ({"title": "t", "description": "d", "default": 1, "examples": [1], "x-what": "w"}, [1, "a"], []),
]


@pytest.mark.parametrize(("schema", "valid", "invalid"), TABLE, ids=lambda each: str(each)[:40])
def test_keywords(schema: dict[str, Any], valid: list[Any], invalid: list[Any]) -> None:
    check = jsonschema.Draft202012Validator(schema)
    for value in (*valid, *invalid):
        assert accepts(schema, value) is (value in valid and any(value is each for each in valid)), value
        if value != "a\n":  # Python's $ is also before a last line break
            assert check.is_valid(value) is accepts(schema, value), value


def test_every_keyword_is_there() -> None:
    assert {key for schema, *_ in TABLE for key in schema} >= KEYWORDS.keys() - {"format"}


def test_expressions() -> None:
    schema = {"format": "regex"}
    assert [accepts(schema, each) for each in ("^a+$", "(", "[a", 1)] == [True, False, False, True]
    assert not accepts({"format": "date"}, "2026-01-01")


def test_a_keyword_that_is_not_known_is_no_permission() -> None:
    assert not accepts({"contains": A}, ["a"])


def test_the_end_of_a_pattern() -> None:
    assert pattern(r"a\$").search("a$b")
    assert not pattern("a$").search("a\n")


@pytest.mark.parametrize(
    ("written", "found"),
    [("070", True), ("+07", True), ("22:22", True), ("0", False), ("70", False), ("7_0", False), ('"070"', False)],
)
def test_numbers_that_are_read_otherwise(written: str, found: bool) -> None:
    node = parse(f"k: {written}\n", "camp.yaml", Diagnostics())
    assert misread(node["k"]) is found  # type: ignore[index]
