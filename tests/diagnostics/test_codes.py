"""Codes of extensions: their pages are found by an entry point, and a code without a page never stops a report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from camp2iac.diagnostics import Diagnostic, Severity, codes
from camp2iac.diagnostics.codes import OURS, PAGES, Code, OpenTable, code_of
from camp2iac.diagnostics.document import document
from camp2iac.diagnostics.formats import FORMATS, render

TARGET = """\
from camp2iac.diagnostics import Diagnostic
from camp2iac.synth.module import Module
from camp2iac.targets.base import Lowered


class Shelf:
    name, title = "shelf", "A shelf"
    environment_schema = {"type": "object", "properties": {}}

    def lower(self, topology, context):
        for code in ("SHELF101", "NOBODY101"):
            context.diagnostics.add(Diagnostic(code, f"{code} was met", topology.span))
        return Lowered(Module(), ())
"""
ROOT = Path(__file__).parents[2]
PAGE = "---\ntitle: The shelf is full\nseverity: warning\n---\n\nRemove a book.\n"


def install(folder: Path, entry: str, pages: dict[str, str], package: str = "shelf_pages") -> None:
    (folder / "shelf-1.dist-info").mkdir()
    (folder / "shelf-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: shelf\nVersion: 1\n")
    (folder / "shelf-1.dist-info" / "entry_points.txt").write_text(f"[camp2iac.codes]\n{entry}\n")
    (folder / package).mkdir()
    for code, text in pages.items():
        (folder / package / f"{code}.md").write_text(text)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenTable:
    install(tmp_path, "SHELF = shelf_pages", {"SHELF101": PAGE, "SHELF102": "no head", "OTHER101": PAGE})
    monkeypatch.syspath_prepend(str(tmp_path))
    opened = OpenTable(PAGES)
    monkeypatch.setattr(codes, "CODES", opened)
    return opened


def test_pages_of_an_extension(table: OpenTable) -> None:
    assert code_of("SHELF101") == Code("SHELF101", Severity.WARNING, "The shelf is full", "Remove a book.\n")
    assert Diagnostic("SHELF101", "m").level is Severity.WARNING
    assert set(table) == {*PAGES, "SHELF101"}
    text = document(table)
    assert "## Extensions: SHELF\n" in text
    assert "### SHELF101\n\n**The shelf is full** (warning)\n\nRemove a book." in text


@pytest.mark.parametrize("code", ["SHELF102", "SHELF999", "OTHER101", "NOBODY1", "x", "", "../SHELF101", "CAMP999"])
def test_no_page_is_an_error_and_never_a_crash(code: str, table: OpenTable) -> None:
    assert code not in table
    found = Diagnostic(code, "it is full")
    assert found.level is Severity.ERROR
    for form in FORMATS:
        assert "it is full" in render([found], {}, form)
    (run,) = json.loads(render([found], {}, "sarif"))["runs"]
    assert run["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == "This code has no page"


@pytest.mark.parametrize(
    "entry", ["CAMP = shelf_pages", "shelf = shelf_pages", "SHELF = not_there", "SHELF = not_there.pages"]
)
def test_a_bad_entry_point_takes_nothing_away(entry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, entry, {"SHELF101": PAGE, "CAMP201": PAGE, "CAMP998": PAGE})
    monkeypatch.syspath_prepend(str(tmp_path))
    opened = OpenTable(PAGES)
    assert "SHELF101" not in opened
    assert "CAMP998" not in opened
    assert opened["CAMP201"].title != "The shelf is full"
    assert list(opened) == list(PAGES)


def test_a_code_of_ours_asks_no_extension(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> tuple[()]:
        raise AssertionError("entry points were scanned")

    monkeypatch.setattr(codes, "_entry_points", never)
    opened = OpenTable(PAGES)
    assert opened["CAMP201"].code == "CAMP201"
    assert "CAMP999" not in opened
    assert all(code.startswith(OURS) for code in PAGES)


def test_explain_prints_the_page_of_an_extension(tmp_path: Path) -> None:
    install(tmp_path, "SHELF = shelf_pages", {"SHELF101": PAGE})
    command = [sys.executable, "-m", "camp2iac", "explain", "shelf101"]
    done = subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": str(tmp_path)}, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "SHELF101: The shelf is full (warning)\n\nRemove a book.\n"
    command[-1] = "SHELF102"
    done = subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": str(tmp_path)}, check=False)
    assert done.returncode == 2
    assert "there is no code SHELF102" in done.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_a_target_of_a_third_party_has_codes_of_its_own(form: str, tmp_path: Path) -> None:
    install(tmp_path, "SHELF = shelf_pages\n[camp2iac.targets]\nshelf = shelf:Shelf", {"SHELF101": PAGE})
    (tmp_path / "shelf.py").write_text(TARGET)
    (tmp_path / "camp.yaml").write_text("camp_version: CAMP 1.1\nname: shop\n")
    command = [sys.executable, "-m", "camp2iac", "validate", "camp.yaml", "--target", "shelf", "--output", form]
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "SHELF101 was met" in done.stdout
    assert "NOBODY101 was met" in done.stdout
