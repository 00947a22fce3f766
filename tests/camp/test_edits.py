"""Words that take the place of others in YAML."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camp2iac.camp import edits
from camp2iac.camp.nodes import Mapping, Scalar, Sequence
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics, Fix
from camp2iac.diagnostics.fix import applied


def read(text: str) -> Mapping:
    found = Diagnostics()
    node = parse(text, "camp.yaml", found)
    assert isinstance(node, Mapping)
    return node


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=12).filter(lambda text: text.isprintable()))
def test_a_word_means_itself(text: str) -> None:
    for form in ("key: {}\n", "key: [{}, b]\n", "{{ key: {}, b: c }}\n", "- {}\n"):
        node = parse(form.format(edits.word(text)), "camp.yaml", Diagnostics())
        value = node.items[0] if isinstance(node, Sequence) else node["key"] if isinstance(node, Mapping) else node
        value = value.items[0] if isinstance(value, Sequence) else value
        assert isinstance(value, Scalar)
        assert value.value == text


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("org.python:src", "org.python:src"),
        ("CAMP 1.1", "CAMP 1.1"),
        ("10.0.0.0/24", "10.0.0.0/24"),
        ("on", '"on"'),
        ("1.10", '"1.10"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("[1,2)", '"[1,2)"'),
        ("", '""'),
    ],
)
def test_quotes_where_they_are_needed(word: str, written: str) -> None:
    assert edits.word(word) == written


@pytest.mark.parametrize(
    ("written", "meant", "sure"),
    [
        ("databse", "database", True),
        ("web1", "web2", False),
        ("api", "app", False),
        ("Web", "web", True),
        ("m1.small", "m1.smal", True),
    ],
)
def test_a_name_is_sure_where_it_cannot_be_another(written: str, meant: str, sure: bool) -> None:
    assert edits.same_name(written, meant) is sure


@pytest.mark.parametrize(
    ("text", "index", "after"),
    [
        ("l:\n  - a\n  - b  # b\n  - c\n", 1, "l:\n  - a\n  - c\n"),
        ("l: [a, b, c]\n", 1, "l: [a, c]\n"),
        ("l: [a, b]  # x\n", 1, "l: [a]  # x\n"),
        ("l: [a,\n    b]\n", 1, None),
        ("l:\n- a\n- b", 1, "l:\n- a\n"),
    ],
)
def test_an_item_less(text: str, index: int, after: str | None) -> None:
    given = read(text)["l"]
    assert isinstance(given, Sequence)
    assert _after(text, edits.without_item(given, index, sure=True)) == after


@pytest.mark.parametrize(
    ("text", "key", "after"),
    [
        ("a: 1\nb: 2  # two\nc: 3\n", "b", "a: 1\nc: 3\n"),
        ("a: 1\nb:\n  x: 1\n  y: 2\n", "b", "a: 1\n"),
        ("a: 1\nb: 2\n", "a", None),  # the first may stand behind a dash
        ("{a: 1, b: 2}\n", "b", None),
        ("{a: 1,\n b: 2}\n", "b", None),
    ],
)
def test_an_entry_less(text: str, key: str, after: str | None) -> None:
    assert _after(text, edits.without(read(text), key, sure=True)) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [("v: 1.10\n", 'v: "1.10"\n'), ("v: !!str 1\n", None), ("v: x\n", None), ("v: '1'\n", None), ("v:\n", None)],
)
def test_quoted(text: str, after: str | None) -> None:
    assert _after(text, edits.quoted(read(text)["v"], "")) == after


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("y", "true"),
        ("Flase", "false"),
        ("ture", "true"),
        ("enabled", "true"),
        ("maybe", None),
        ("rue", "true"),
        ("", None),
    ],
)
def test_booleans(text: str, meant: str | None) -> None:
    assert edits.boolean(text) == meant


def _after(text: str, fixes: tuple[Fix, ...]) -> str | None:
    return applied(text, fixes)[0] if fixes else None
