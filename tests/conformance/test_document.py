"""The page docs/conformance.md is complete and up to date."""

from __future__ import annotations

from tests.conformance import IDS, ROWS
from tests.conformance.document import PAGE, document


def test_every_row_has_its_test() -> None:
    document()
    assert set(ROWS) == set(IDS)


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), "renew it: python -m tests.conformance"
