"""Plans of any shape: reading them raises nothing, ends, writes nothing, and points into the text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camp2iac.camp import read
from camp2iac.camp.text import LINE_END
from camp2iac.diagnostics import Diagnostics
from camp2iac.diagnostics.formats import FORMATS, render
from tests.properties.fuzz import inputs, reading, watched

GRAMMAR = """
camp_version name description tags origin artifacts services artifact_type content requirements requirement_type id href
data fulfillment characteristics characteristic_type version type artefacts requirments org.example:x
"""
KEYS = st.sampled_from(GRAMMAR.split())
WORDS = st.one_of(
    st.sampled_from(
        [
            "CAMP 1.1",
            "id:db",
            "id:",
            "id: db",
            "db",
            "pdp:!",
            "../x",
            "/etc/passwd",
            "file:///x",
            "https://u:p@h/x",
            "aGk=",
            "com.java:WAR",
            "org.sql:ConnectTo",
            "%2e%2e/x",
            "a/../b",
            "\x1b[2J",
            "${x}",
            "http://[",
            "x" * 300,
        ]
    ),
    st.text(max_size=20),
)
LEAVES = st.one_of(WORDS, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none())
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.one_of(KEYS, WORDS), inner, max_size=6)),
    max_leaves=30,
)
SERVICES = st.fixed_dictionaries({}, optional={"id": WORDS, "href": WORDS, "characteristics": VALUES, "x": VALUES})
REQUIREMENTS = st.fixed_dictionaries(
    {}, optional={"requirement_type": WORDS, "fulfillment": st.one_of(WORDS, SERVICES)}
)
ARTIFACTS = st.fixed_dictionaries(
    {},
    optional={
        "artifact_type": WORDS,
        "content": st.one_of(VALUES, st.fixed_dictionaries({}, optional={"href": WORDS, "data": WORDS})),
        "requirements": st.lists(REQUIREMENTS, max_size=4),
        "name": LEAVES,
    },
)
PLANS = st.fixed_dictionaries(
    {"camp_version": st.one_of(st.just("CAMP 1.1"), LEAVES)},
    optional={
        "artifacts": st.one_of(st.lists(ARTIFACTS, max_size=4), VALUES),
        "services": st.one_of(st.lists(SERVICES, max_size=4), VALUES),
        "name": LEAVES,
        "tags": VALUES,
    },
)


def check(text: str) -> None:
    found = Diagnostics()
    texts: dict[str, str] = {}
    with watched():
        source = read(text.encode("utf-8", "surrogatepass"), name="camp.yaml", diagnostics=found, texts=texts)
    assert source is not None or found.failed
    lines = LINE_END.split(text)
    for item in found:
        for span in filter(None, (item.span, *(label.span for label in item.related), *item.context)):
            assert 1 <= span.line <= span.end_line <= len(lines)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
            assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert "\n" not in item.message
        assert item.message.isprintable()
    for form in FORMATS:
        render(found.ordered(), texts, form)


@settings(max_examples=150, deadline=None)
@given(st.one_of(PLANS, VALUES))
def test_values_of_any_shape(value: object) -> None:
    check(json.dumps(value, ensure_ascii=True))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:-{}[]*&!|>'\"#%@,? \n\t\r\x85\u2028é0.~<="), max_size=60))
def test_texts_of_any_shape(text: str) -> None:
    check(text)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_of_any_shape(data: bytes) -> None:
    with watched():
        reading(data)


@pytest.mark.parametrize("seed", range(4))
def test_mutated_plans(seed: int) -> None:
    for data in inputs(100, seed):
        with watched():
            reading(data)
