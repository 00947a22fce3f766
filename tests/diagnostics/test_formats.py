"""Formats for programs."""

from __future__ import annotations

import json

import pytest

from camp2iac.diagnostics import Diagnostic, Label, Severity, Span
from camp2iac.diagnostics.codes import CODES, Code, parse
from camp2iac.diagnostics.formats import render, sarif

SPAN = Span("my plans/camp.yaml", 9, 25, 9, 32)
FOUND = Diagnostic(
    "CAMP201",
    "web connects to a service that is not in this plan: databse",
    SPAN,
    "no service has this id",
    related=(Label(Span("my plans/camp.yaml", 11, 9, 11, 17), "did you mean this one?"),),
    notes=("50% of\nit",),
    help="write  fulfillment: id:database",
    severity=Severity.ERROR,
)
NOWHERE = Diagnostic("CAMP133", "shop.zip is too large", severity=Severity.WARNING)


def test_json() -> None:
    assert json.loads(render([FOUND, NOWHERE], {}, "json")) == {
        "diagnostics": [
            {
                "code": "CAMP201",
                "severity": "error",
                "message": "web connects to a service that is not in this plan: databse",
                "file": "my plans/camp.yaml",
                "line": 9,
                "column": 25,
                "end_line": 9,
                "end_column": 32,
                "hint": "write fulfillment: id:database",
                "fixes": [],
            },
            {
                "code": "CAMP133",
                "severity": "warning",
                "message": "shop.zip is too large",
                **dict.fromkeys(("file", "line", "column", "end_line", "end_column", "hint")),
                "fixes": [],
            },
        ]
    }
    assert json.loads(render([], {}, "json")) == {"diagnostics": []}


def test_github() -> None:
    assert render([FOUND, NOWHERE], {}, "github") == (
        "::error file=my plans/camp.yaml,line=9,endLine=9,col=25,endColumn=31,title=CAMP201::"
        "web connects to a service that is not in this plan: databse%0A50%25 of%0Ait%0Awrite fulfillment: id:database\n"
        "::warning title=CAMP133::shop.zip is too large\n"
    )


def test_github_commands_cannot_be_injected() -> None:
    evil = Diagnostic(
        "CAMP201", "a\n::set-output name=x::y\r::error::", Span("a,b:c\n", 1, 1, 2, 1), severity=Severity.NOTE
    )
    out = render([evil], {}, "github")
    assert out.count("\n") == 1
    assert out.startswith("::notice file=a%2Cb%3Ac%0A,line=1,endLine=2,title=CAMP201::a%0A")


def test_sarif(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Code("CAMP201", Severity.ERROR, "A requirement names a service that the plan does not have", "Write it.\n")
    monkeypatch.setattr(sarif, "code_of", {"CAMP201": page, "CAMP133": page}.__getitem__)
    log = json.loads(render([FOUND, NOWHERE], {}, "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["tool"]["driver"]["rules"][1]["shortDescription"]["text"] == page.title
    first, second = run["results"]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "CAMP201"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20plans/camp.yaml"
    assert place["region"] == {"startLine": 9, "startColumn": 25, "endLine": 9, "endColumn": 32}
    assert first["relatedLocations"][0]["message"]["text"] == "did you mean this one?"
    assert second["level"] == "warning"
    assert "locations" not in second


def test_a_page_is_a_head_and_a_text() -> None:
    page = parse("CAMP999", '---\ntitle: "A: b # c"\nseverity: warning   # or error\n---\n\nText.\n\n\n')
    assert (page.severity, page.text) == (Severity.WARNING, "Text.\n")
    with pytest.raises(ValueError, match="CAMP999 has no severity"):
        parse("CAMP999", "---\ntitle: x\n---\ntext")
    with pytest.raises(ValueError, match="does not begin with ---"):
        parse("CAMP999", "title: x")


@pytest.mark.parametrize("code", ["CAMP999", "../model", "", "CAMP1", "camp101"])
def test_no_page_no_code(code: str) -> None:
    assert code not in CODES
