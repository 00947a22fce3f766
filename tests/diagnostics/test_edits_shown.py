"""Fixes applied to a file, and how the formats show them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camp2iac.diagnostics import Diagnostic, Fix, Severity, Span
from camp2iac.diagnostics.fix import advice, applied
from camp2iac.diagnostics.formats import render
from camp2iac.diagnostics.secrets import lines

TEXT = "name: shop  # ours\nsize: smal\nlast: x"


def fix(line: int, column: int, end_line: int, end_column: int, text: str) -> Fix:
    return Fix(text, Span("camp.yaml", line, column, end_line, end_column), text, sure=True)


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([fix(2, 7, 2, 11, "small")], TEXT.replace("smal", "small")),
        ([fix(2, 1, 3, 1, "")], "name: shop  # ours\nlast: x"),
        ([fix(1, 1, 1, 1, "camp_version: CAMP 1.1\n")], f"camp_version: CAMP 1.1\n{TEXT}"),
        ([fix(3, 7, 3, 8, "y"), fix(1, 7, 1, 11, "store")], "name: store  # ours\nsize: smal\nlast: y"),
        ([fix(3, 1, 4, 1, "")], "name: shop  # ours\nsize: smal\n"),  # after the end counts as the end
        ([fix(9, 1, 9, 1, "!")], f"{TEXT}!"),
        ([fix(2, 1, 2, 11, "a"), fix(2, 7, 2, 11, "b")], "name: shop  # ours\na\nlast: x"),  # the first wins
        ([fix(1, 1, 1, 1, "a"), fix(1, 1, 1, 1, "a")], f"a{TEXT}"),  # a repeated fix counts once
        ([fix(1, 1, 1, 1, "a"), fix(1, 1, 1, 1, "b")], f"a{TEXT}"),
        ([Fix("x", None, "x", sure=True)], TEXT),
        ([Fix("x", Span("camp.yaml", 2, 7, 2, 11), "x", expects="smll")], TEXT),
    ],
)
def test_applied(edits: list[Fix], after: str) -> None:
    text, made = applied(TEXT, edits)
    assert text == after
    assert (text == TEXT) == (not made)


def test_line_breaks_are_those_of_the_text() -> None:
    text = "a: 1\r\nb: é\u2028c: 3\rd: 4"
    assert applied(text, [fix(4, 4, 4, 5, "x\ny")])[0] == "a: 1\r\nb: é\u2028c: 3\rd: x\r\ny"
    assert applied(text, [fix(2, 4, 2, 5, "e")])[0] == "a: 1\r\nb: e\u2028c: 3\rd: 4"


@given(st.text(alphabet="ab: \n\r\u2028é", max_size=40), st.data())
def test_nothing_else_changes(text: str, data: st.DataObject) -> None:
    """A fix replaces the characters of its span, by lines and columns, and no others."""
    rows = lines(text)
    line = data.draw(st.integers(1, len(rows)))
    column = data.draw(st.integers(1, len(rows[line - 1]) + 1))
    end = data.draw(st.integers(column, len(rows[line - 1]) + 1))
    after, _ = applied(text, [fix(line, column, line, end, "Z")])
    row = rows[line - 1]
    changed = lines(after)
    assert changed[line - 1] == f"{row[: column - 1]}Z{row[end - 1 :]}"
    assert [*changed[: line - 1], *changed[line:]] == [*rows[: line - 1], *rows[line:]]
    assert len(after) == len(text) - (end - column) + 1


def test_the_help_is_what_the_fixes_say() -> None:
    two = (Fix("port: 70"), Fix("port: 56"))
    assert advice(two) == "write  port: 70  or  port: 56"
    assert Diagnostic("CAMP311", "m", fixes=two).help == advice(two)
    assert Diagnostic("CAMP311", "m", fixes=two, help="or not").help == "or not"
    assert Diagnostic("CAMP311", "m", fixes=(Fix(""),), help="take it out").help == "take it out"
    assert advice((Fix("size: large", note="4 GB"),)) == "write  size: large  (4 GB)"


FOUND = Diagnostic(
    "CAMP311",
    "m",
    Span("my camp.yaml", 2, 7, 2, 11),
    fixes=(Fix("size: small", Span("my camp.yaml", 2, 7, 2, 11), "small"),),
)


def test_json_and_sarif_carry_them() -> None:
    (told,) = json.loads(render([FOUND], {}, "json"))["diagnostics"]
    assert told["hint"] == "write size: small"
    place = {"file": "my camp.yaml", "line": 2, "column": 7, "end_line": 2, "end_column": 11}
    assert told["fixes"] == [{**place, "text": "small", "write": "size: small", "note": None, "sure": False}]
    (run,) = json.loads(render([FOUND], {}, "sarif"))["runs"]
    assert run["results"][0]["fixes"] == [
        {
            "description": {"text": "Write size: small"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "my%20camp.yaml"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 11},
                            "insertedContent": {"text": "small"},
                        }
                    ],
                }
            ],
            "properties": {"sure": False},
        }
    ]


@pytest.mark.parametrize("form", ["plain", "json", "sarif", "github"])
def test_no_edit_shows_a_secret(form: str) -> None:
    span = Span("camp.yaml", 1, 11, 1, 24)
    told = Diagnostic(
        "CAMP311",
        "m",
        span,
        severity=Severity.ERROR,
        fixes=(Fix('password: "@s3cr3t-value"', span, '"@s3cr3t-value"'),),
    )
    assert "s3cr3t" not in render([told], {"camp.yaml": "password: @s3cr3t-value\n"}, form)


def test_endless_edits_are_not_shown() -> None:
    told = Diagnostic("CAMP311", "m", fixes=(Fix("short", Span("a", 1, 1, 1, 1), "x" * 3000),))
    assert json.loads(render([told], {}, "json"))["diagnostics"][0]["fixes"] == []
