"""Fixes that replace words in YAML."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camp2iac.camp import edits
from camp2iac.camp.nodes import Mapping, Scalar, Sequence
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics, Fix, Span
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
        ("l:\n- a\n- &b b\n- *b\n", 1, None),  # another place repeats it
        ("l:\n- a\n- !!str b\n- c\n", 1, "l:\n- a\n- c\n"),
        ("l:\n- a\n-\n  b\n- c\n", 1, None),  # its dash would remain
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
        ("a: 1\nb: 2\n", "a", None),  # the first key can be after a dash
        ("{a: 1, b: 2}\n", "b", None),
        ("{a: 1,\n b: 2}\n", "b", None),
    ],
)
def test_an_entry_less(text: str, key: str, after: str | None) -> None:
    assert _after(text, edits.without(read(text), key, sure=True)) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("v: 1.10\n", 'v: "1.10"\n'),
        ("v: !!str 1\n", None),
        ("v: !!int 1\n", 'v: "1"\n'),
        ("v: !!int '1'\n", 'v: "1"\n'),
        ("v: &a !!int 1\nw: *a\n", 'v: &a "1"\nw: *a\n'),
        ("v: !!int &a 1\n", None),
        ("v: !!int |\n  1\n", 'v: "1"\n'),
        ("v: x\n", None),
        ("v: '1'\n", None),
        ("v:\n", None),
    ],
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


HERE = Span("camp.yaml", 3, 5, 3, 9)
LONG = Span("camp.yaml", 3, 5, 4, 9)


def at(text: str) -> Span:
    """The place of a word in the plan."""
    return Span("camp.yaml", 3, 5, 3, 5 + len(text))


def fixes(*each: tuple[str, str, bool]) -> tuple[Fix, ...]:
    return tuple(Fix(write, HERE, text, sure=sure) for write, text, sure in each)


def inside(write: str, text: str, sure: bool, expects: str, quotes: int = 0) -> tuple[Fix, ...]:
    begin = 5 + quotes
    return (Fix(write, Span("camp.yaml", 3, begin, 3, begin + len(expects)), text, sure=sure, expects=expects),)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (edits.key(HERE, "nam", None), ()),
        (edits.key(HERE, "nam", "name"), fixes(("name:", "name", True))),
        (edits.key(HERE, "m1.a", "m2.a"), fixes(("m2.a:", "m2.a", False))),
        (edits.key(HERE, "nm", "name"), fixes(("name:", '"name"', True))),  # in quotes
        (edits.key(HERE, "nam", "name", sure=False), fixes(("name:", "name", False))),
        (edits.value(HERE, None, sure=True), ()),
        (edits.value(HERE, "on", sure=True), fixes(("on", '"on"', True))),
        (edits.value(HERE, "a", sure=False, write="size: a"), fixes(("size: a", "a", False))),
        (edits.type_(HERE, "type", "x", None), ()),
        (
            edits.type_(HERE, "type", "org.pyhton:src", "org.python:src"),
            fixes(("type: org.python:src", "org.python:src", True)),
        ),
        (edits.type_(HERE, "type", "camp1", "camp2"), fixes(("type: camp2", "camp2", False))),
        (edits.either(HERE, "k", ["a"], sure=True), fixes(("k: a", "a", True))),
        (edits.either(HERE, "k", ["a"], sure=False), fixes(("k: a", "a", False))),
        (edits.either(HERE, "k", ["a", "b"], sure=True), fixes(("k: a", "a", False), ("k: b", "b", False))),
        (edits.part(HERE, "databse", None), ()),
        (edits.part(None, "databse", "database"), (Fix("database"),)),
        (edits.part(None, "databse", "database", "id:database"), (Fix("id:database"),)),
        (edits.part(LONG, "databse", "database"), (Fix("database"),)),
        (edits.part(HERE, "databse", "data base"), (Fix("data base"),)),
        (edits.part(HERE, "databse", "database"), (Fix("database"),)),  # the file has it in another form
        (edits.part(at("databse"), "databse", "database"), inside("database", "database", True, "databse")),
        (edits.part(at("'databse'"), "databse", "database"), inside("database", "database", True, "databse", 1)),
        (edits.part(at("api"), "api", "app"), inside("app", "app", False, "api")),
        (edits.exactly(HERE, "a", None), ()),
        (edits.exactly(None, "a", "b"), (Fix("b", None, "b", sure=False, expects="a"),)),
        (edits.exactly(HERE, "a", "b"), (Fix("b", None, "b", sure=False, expects="a"),)),
        (edits.exactly(at("a"), "a", "b"), inside("b", "b", True, "a")),
        (edits.exactly(at('"a"'), "a", "b"), inside("b", "b", True, "a", 1)),
        (edits.before(Span("f", 2, 1, 2, 9), "x: 1"), (Fix("x: 1", Span("f", 2, 1, 2, 1), "x: 1\n"),)),
        (edits.before(HERE, "x: 1"), ()),
        ((edits.lines("f", 2, 4),), (Fix("", Span("f", 2, 1, 5, 1), "", sure=True),)),
        ((edits.lines("f", 2, 4, sure=False),), (Fix("", Span("f", 2, 1, 5, 1), "", sure=False),)),
    ],
)
def test_what_each_edit_is(made: tuple[Fix, ...], expected: tuple[Fix, ...]) -> None:
    assert made == expected


@pytest.mark.parametrize(
    ("text", "quoted", "unquoted"),
    [
        ("k: 1.10", ['"1.10"'], []),
        ("k: true", ['"true"'], []),
        ("k: 2026-01-01", ['"2026-01-01"'], []),
        ("k: word", [], []),
        ('k: "1.10"', [], ["1.10"]),
        ("k: 'true'", [], ["true"]),
        ('k: "word"', [], []),
        ("k:", [], []),
        ("k: [1]", [], []),
        ("a: &x 1\nk: *x", [], []),
    ],
)
def test_with_and_without_quotes(text: str, quoted: list[str], unquoted: list[str]) -> None:
    node = read(f"{text}\n")["k"]
    for sure in (True, False):
        assert [(each.text, each.sure) for each in edits.quoted(node, "w", sure=sure)] == [(t, sure) for t in quoted]
    assert [(each.text, each.sure) for each in edits.unquoted(node, "w")] == [(t, True) for t in unquoted]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("y", "true"),
        ("Enabled", "true"),
        (" off ", "false"),
        ("N", "false"),
        ("Flase", "false"),
        ("tru", "true"),
        ("tr", None),
        ("word", None),
        ("", None),
    ],
)
def test_words_for_true_and_false(text: str, meant: str | None) -> None:
    assert edits.boolean(text) == meant
