"""What is said to be proven was run: products, the page, and the records of the runs agree."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from roots.entry import RECORDS, ROOTS, earlier, entries, proven
from roots.page import PAGE, claim, page

from camp2iac.catalogue import load

PRODUCTS = load().products


def test_the_page(golden: Callable[[Path, str], None]) -> None:
    golden(PAGE, page())


@pytest.mark.parametrize("name", PRODUCTS)
def test_a_product_claims_what_was_seen_and_no_more(name: str) -> None:
    assert PRODUCTS[name].proven == proven(name), "proofs/roots/run writes it"


def test_records_are_of_what_is_compiled_now() -> None:
    """No fault where they are not: the page says so, and this does."""
    if old := sorted(earlier()):
        every = ", ".join(f"{name} on {ROOTS[root]}" for name, root in old)
        warnings.warn(f"proven in an earlier form, to be run again by proofs/roots/run: {every}", stacklevel=1)


def test_a_form_is_of_the_plan_and_of_its_documents(tmp_path: Path) -> None:
    entry = entries()["python"]
    changed = replace(entry, module=ModuleType("changed"))
    shutil.copytree(entry.plan, tmp_path / "plan")
    changed.module.PLAN = tmp_path / "plan"  # type: ignore[attr-defined]
    form = entry.form("trixie")
    assert changed.form("trixie") == form, "wherever it lies"
    changed.module.ENVIRONMENT = "callback: https://example.org/\n"  # type: ignore[attr-defined]
    assert changed.form("trixie") != form
    changed.module.ENVIRONMENT = ""  # type: ignore[attr-defined]
    (tmp_path / "plan/app/more.py").write_text("")
    assert changed.form("trixie") != form


def test_every_record_is_of_an_entry() -> None:
    assert {file.stem for file in RECORDS.glob("*.json")} <= set(entries())


@pytest.mark.parametrize("name", entries())
def test_every_entry_can_be_run(name: str) -> None:
    entry = entries()[name]
    assert entry.does, "a docstring says how it is used"
    assert (entry.plan / "camp.yaml").is_file()
    assert callable(entry.use)


def test_claims_are_renewed() -> None:
    text = "title: X\nproven: Debian 12 and 13\nmachine:\n  packages: [x]\n"
    assert claim(text, "") == "title: X\nmachine:\n  packages: [x]\n"
    assert claim(claim(text, ""), "Debian 13") == text.replace("12 and 13", "13")
    assert claim(text, "Debian 12 and 13") == text
