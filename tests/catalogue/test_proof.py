"""What is said to be proven was run: products, the page, and the records of the runs agree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from roots.entry import RECORDS, entries, proven
from roots.page import PAGE, claim, page

from camp2iac.catalogue import load

PRODUCTS = load().products


def test_the_page(golden: Callable[[Path, str], None]) -> None:
    golden(PAGE, page())


@pytest.mark.parametrize("name", PRODUCTS)
def test_a_product_claims_what_was_seen_and_no_more(name: str) -> None:
    assert PRODUCTS[name].proven == proven(name), "tests/roots/run writes it"


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
