"""Located YAML."""

from __future__ import annotations

import datetime

import pytest
import yaml

from camp2iac.camp import broken_stop
from camp2iac.camp.nodes import Mapping, Scalar, Sequence
from camp2iac.camp.yaml import DEEPEST, MOST_ALIASED, parse
from camp2iac.diagnostics import Diagnostic, Diagnostics


def read(text: str) -> Mapping:
    found = Diagnostics()
    node = parse(text, "f.yaml", found)
    assert not found.items
    assert isinstance(node, Mapping)
    return node


def reported(text: str) -> list[Diagnostic]:
    found = Diagnostics()
    parse(text, "f.yaml", found)
    return list(found)


def codes(text: str) -> list[str]:
    return [item.code for item in reported(text)]


@pytest.mark.parametrize("opening", ["services:", "services: # all of them", "services: #"])
def test_tabs_below_a_key(opening: str) -> None:
    (found,) = reported(f"{opening}\n\tid: web\n")
    assert "2 spaces" in found.help
    assert "is under services" in found.help


def test_tabs_below_a_value() -> None:
    (found,) = reported("  name: a #b:\n\tid: web\n")
    assert "is in line with name" in found.help


TRAPS = """
version: CAMP 1.1
float: 1.10
list: [3.9.6]
octal: 010
sexagesimal: 1:30
underscore: 1_000
exponent: 1e3
switch: on
country: NO
date: 2014-11-09
nothing:
tilde: ~
package: pdp:!
type: com.java:WAR
quoted: "1.10"
block: |
  one
  two
folded: >-
  one
  two
plain: one
  two
merged: &m { a: 1, b: 2 }
taken: { <<: *m, b: 3 }
several: { <<: [*m, { b: 4, c: 5 }] }
hex: 0x1F
infinite: .inf
tagged: !!str 5
"""


def test_values_are_those_of_the_safe_loader() -> None:
    assert read(TRAPS).plain == yaml.safe_load(TRAPS)


def test_the_text_is_kept() -> None:
    node = read("a: 1.10\nb: 'x'\nc: on\n")
    a, b, c = (node[key] for key in "abc")
    assert isinstance(a, Scalar)
    assert isinstance(b, Scalar)
    assert isinstance(c, Scalar)
    assert (a.value, a.text, a.quoted) == (1.1, "1.10", False)
    assert (b.value, b.text, b.quoted) == ("x", "x", True)
    assert (c.value, c.text) == (True, "on")


@pytest.mark.parametrize("text", ["2014-99-99", "0x_", "0b_", "._", "=", "1" * 5000, "1:" * 400 + "1", ".nan"])
def test_what_only_looks_like_a_number_is_a_text(text: str) -> None:
    assert read(f"a: {text}\n").plain == {"a": text}


def test_dates() -> None:
    assert read("a: 2014-11-09").plain == {"a": datetime.date(2014, 11, 9)}


def test_places() -> None:
    text = '# é\na: é x # c\nb:\n  - "q"\n  - {c: d}\nt: |\n  one\n  two\n\n\nz: &x y\nw: *x\n'
    node = read("\ufeff" + text)

    def place(found: object) -> tuple[int, int, int, int]:
        assert isinstance(found, (Scalar, Sequence, Mapping))
        return found.span.line, found.span.column, found.span.end_line, found.span.end_column

    assert place(node["a"]) == (2, 4, 2, 7)
    assert place(node.key("a")) == (2, 1, 2, 2)
    assert place(node["b"]) == (4, 3, 5, 11)
    assert place(node["t"]) == (6, 4, 8, 6)
    assert place(node["z"]) == (11, 7, 11, 8)
    assert place(node["w"]) == (12, 4, 12, 6)
    assert place(node) == (2, 1, 12, 6)


def test_keys_are_words_as_written() -> None:
    assert list(read("8080: a\non: b\n1.10: c\n'': d\n").entries) == ["8080", "on", "1.10", ""]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\na: 2\n", "CAMP102"),
        ("{a: 1, a: 2}\n", "CAMP102"),
        ("a: 1\n---\nb: 2\n", "CAMP104"),
        ("a: !ruby/object x\n", "CAMP105"),
        ("a: !!python/object/apply:os.system [id]\n", "CAMP105"),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", "CAMP105"),
        ("? [a]\n: b\n", "CAMP106"),
        ("?\n: b\n", "CAMP106"),
        ("<<: 5\n", "CAMP106"),
        ("a: *b\n", "CAMP108"),
        ("a: &a [*a]\n", "CAMP108"),
        ("a: " + "[" * (DEEPEST + 1), "CAMP107"),
        ("\x00", "CAMP103"),
        ("a: \ud800", "CAMP103"),
        ("a: [", "CAMP101"),
        ("a:\n\t- b\n", "CAMP101"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_all_double_keys_are_reported_at_once() -> None:
    assert codes("a: {x: 1, x: 2}\nb: 1\nb: 2\nb: 3\n") == ["CAMP102", "CAMP102"]


def test_aliases_are_bounded() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    assert codes("\n".join(lines)) == ["CAMP107"]
    merges = "m: &m {" + ", ".join(f"k{n}: 1" for n in range(1000)) + "}\n"
    merges += "".join(f"x{n}: {{ <<: *m }}\n" for n in range(MOST_ALIASED // 1000 + 1))
    assert codes(merges) == ["CAMP107"]
    deep = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, DEEPEST + 1)]
    assert codes("\n".join(deep)) == ["CAMP107"]


def test_an_empty_text_is_nothing() -> None:
    found = Diagnostics()
    node = parse("# only a comment\n", "f.yaml", found)
    assert isinstance(node, Scalar)
    assert node.value is None
    assert not found.items


@pytest.mark.parametrize("text", ["---", "# nothing\n---", "%YAML 1.2\n---"])
def test_a_document_that_ends_as_it_begins(text: str) -> None:
    """A diagnostic points into the text: "---" without a line break is one line."""
    node = parse(text, "f.yaml", Diagnostics())
    assert isinstance(node, Scalar)
    assert node.span.line == 1


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert read(TRAPS).plain == yaml.safe_load(TRAPS)
    for text in ("fulfillment: id: db\n", "v: [1.6,)\nw: x\n", "l: *\n", "a: 'it's'\n", "a:\n\t- b\n", 'a: "b\nc: d\n'):
        assert codes(text) == ["CAMP101"]


@pytest.mark.parametrize(
    ("line", "name"),
    [("  name: shop", "name"), ("  - tier web", "tier"), ("stray words", "stray"), ("  - ", "it"), ("", "it")],
)
def test_the_name_of_a_line(line: str, name: str) -> None:
    assert broken_stop.name_of(line) == name
