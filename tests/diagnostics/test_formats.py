"""Formats for programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from camp2iac import cli
from camp2iac.cli import validate
from camp2iac.diagnostics import Diagnostic, Label, Severity, Span
from camp2iac.diagnostics.codes import CODES, Code, parse
from camp2iac.diagnostics.document import document
from camp2iac.diagnostics.formats import FORMATS, registry, render, sarif
from camp2iac.record import replace

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
    assert render([NOWHERE], {}, "json").startswith('{\n  "diagnostics": [\n    {\n      "code": "CAMP133",\n')


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


def test_gitlab() -> None:
    first, second = json.loads(render([FOUND, NOWHERE], {}, "gitlab"))
    assert first == {
        "description": "web connects to a service that is not in this plan: databse. 50% of\nit. "
        "write fulfillment: id:database",
        "check_name": "CAMP201",
        "fingerprint": first["fingerprint"],
        "severity": "major",
        "location": {"path": "my plans/camp.yaml", "lines": {"begin": 9}},
    }
    assert second["severity"] == "minor"
    assert second["location"] == {"path": "camp.yaml", "lines": {"begin": 1}}
    assert render([], {}, "gitlab") == "[]\n"


def test_gitlab_recognises_a_problem_on_another_line() -> None:
    moved = replace(FOUND, span=Span("my plans/camp.yaml", 12, 25, 12, 32))
    before, after = (json.loads(render(found, {}, "gitlab")) for found in ([FOUND, FOUND], [moved]))
    assert before[0]["fingerprint"] == after[0]["fingerprint"]
    assert before[0]["fingerprint"] != before[1]["fingerprint"], "of two in one file, GitLab would show one"


def test_a_page_is_a_head_and_a_text() -> None:
    page = parse("CAMP999", '---\ntitle: "A: b # c"\nseverity: warning   # or error\n---\n\nText.\n\n\n')
    assert (page.severity, page.text) == (Severity.WARNING, "Text.\n")
    with pytest.raises(ValueError, match="CAMP999 has no severity"):
        parse("CAMP999", "---\ntitle: x\n---\ntext")
    with pytest.raises(ValueError, match="must begin with a title"):
        parse("CAMP999", "title: x")


@pytest.mark.parametrize("code", ["CAMP999", "../model", "", "CAMP1", "camp101"])
def test_no_page_no_code(code: str) -> None:
    assert code not in CODES


def extension(folder: Path, entries: str) -> None:
    """The format of docs/diagnostics.md, as an installed package."""
    page = Path(__file__).parents[2] / "docs/diagnostics.md"
    found = re.search(r"```python\n([^`]*class Lines.*?)```", page.read_text(), re.DOTALL)
    assert found is not None
    (folder / "my_package.py").write_text(found[1])
    (folder / "lines-1.dist-info").mkdir()
    (folder / "lines-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: lines\nVersion: 1\n")
    (folder / "lines-1.dist-info" / "entry_points.txt").write_text(f"[camp2iac.formats]\n{entries}\n")


def test_a_format_of_an_extension(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extension(tmp_path, "lines = my_package:writer\njson = my_package:writer")
    monkeypatch.syspath_prepend(str(tmp_path))
    line = "CAMP201 my plans/camp.yaml:9:25: web connects to a service that is not in this plan: databse\n"
    assert render([FOUND], {}, "lines") == line
    assert registry.names() == (*FORMATS, "lines")
    assert json.loads(render([], {}, "json")) == {"diagnostics": []}, "ours win"
    with pytest.raises(LookupError, match="there is no format registry"):
        render([FOUND], {}, "registry")


def test_a_format_of_ours_asks_no_extension(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> tuple[()]:
        raise AssertionError("entry points were read")

    monkeypatch.setattr(registry, "_entry_points", never)
    for form in FORMATS:
        assert "databse" in render([FOUND], {}, form)


def test_the_help_lists_our_formats() -> None:
    (option,) = (each for each in validate.command.params if each.name == "output")
    assert isinstance(option.type, validate.FormatType)
    assert tuple(option.type.choices) == FORMATS


@pytest.mark.parametrize("entry", ["lines = not_there:writer", "lines = my_package:nothing"])
def test_a_format_that_cannot_be_loaded_is_wrong_usage(
    entry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    extension(tmp_path, entry)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "camp.yaml").write_text("camp_version: CAMP 1.1\n")
    assert cli.run(["validate", str(tmp_path / "camp.yaml"), "--output", "lines"]) == 2
    assert "the format lines cannot be loaded: " in capsys.readouterr().err


def test_every_code_has_an_area() -> None:
    page = next(iter(CODES.values()))
    text = document({"CAMP999": page, "CAMP101": page, "MINE101": page})
    areas = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert areas == ["Others", "YAML", "Extensions: MINE"]
    assert "- Others: [CAMP999](#camp999)\n" in text
