"""A row says whether its example is proven, failed or did not run, and has all that was seen."""

from __future__ import annotations

import pytest
from docker_page import Record


def test_an_example_without_its_images_did_not_run() -> None:
    record = Record("releases")
    with pytest.raises(pytest.skip.Exception), record.begin("todo"):
        pytest.skip("NO IMAGE")
    assert record.not_run == {"todo"}
    assert record.rows["todo"][-1] == "NOT RUN"


def test_a_failure_names_its_step() -> None:
    record = Record("releases")
    row = record.begin("todo")
    row.at("page")
    with pytest.raises(AssertionError), row:
        raise AssertionError
    assert not record.not_run
    assert record.rows["todo"][-1] == "FAILED: page"


def test_a_cell_has_all_that_was_seen() -> None:
    record = Record("releases")
    with record.begin("shop") as row:
        row.say("web 2 → 3", "scaled")
        row.say("stock 1 → 2", "scaled")
    assert "web 2 → 3, stock 1 → 2" in record.rows["shop"]
    assert record.rows["shop"][-1] == "proven"
