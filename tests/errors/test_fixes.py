"""Every sure fix removes its diagnostic and adds no error: applied one by one in each case of this folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.sections import compare
from test_errors import CASES, HERE, arguments

from camp2iac.cli import run
from camp2iac.diagnostics import Fix, Span
from camp2iac.diagnostics.fix import applied

PLACES = HERE / "places.txt"
Found = list[dict[str, Any]]
Validate = Callable[[], Found]


@pytest.fixture
def case_folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a case, as the working directory."""
    folder = tmp_path / request.param
    shutil.copytree(HERE / request.param, folder, symlinks=True, ignore=shutil.ignore_patterns("expected.txt", "args"))
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("case_folder", CASES, indirect=True, ids=CASES)
def test_what_is_sure_mends(
    case_folder: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    def validate() -> Found:
        run(["validate", *arguments(case_folder.name), "--output", "json"])
        found: Found = json.loads(capsys.readouterr().out)["diagnostics"]
        return found

    before = validate()
    compare(PLACES, case_folder.name, _places(before), CASES, request.config)
    for told, fix in _edits(before):
        assert fix.replaces is not None
        file = case_folder / fix.replaces.file
        if not file.is_file():
            continue
        data = file.read_bytes()
        text, made = applied(data.decode("utf-8-sig"), [fix])
        assert made
        file.write_bytes(text.encode())
        after = validate()
        file.write_bytes(data)
        if fix.sure:
            assert _key(told) not in map(_key, after), f"still there after writing {fix.text!r}"
            new = [each for each in after if each["severity"] == "error" and _key(each) not in map(_key, before)]
            assert not new, f"new after writing {fix.text!r}: {new}"


def _places(found: Found) -> list[str]:
    """Where each mistake is, and each of its edits: what `expected.txt` does not show exactly."""
    lines = []
    for told in found:
        lines.append(f"{told['severity']}[{told['code']}] {_place(told)}")
        for each in told["fixes"]:
            lines.append(f"{'sure' if each['sure'] else 'maybe'} {_place(each)} {json.dumps(each['text'])}")
    return lines


def _place(each: dict[str, Any]) -> str:
    if each["line"] is None:
        return str(each["file"])
    return f"{each['file']}:{each['line']}:{each['column']}-{each['end_line']}:{each['end_column']}"


def _key(told: dict[str, Any]) -> tuple[str, str]:
    return told["code"], told["message"]


def _edits(found: Found) -> Iterator[tuple[dict[str, Any], Fix]]:
    for told in found:
        assert sum(each["sure"] for each in told["fixes"]) <= 1, "two edits cannot both be the one right one"
        for each in told["fixes"]:
            if each["line"] is not None:
                span = Span(each["file"], each["line"], each["column"], each["end_line"], each["end_column"])
                yield told, Fix(each["write"], span, each["text"], sure=each["sure"])
