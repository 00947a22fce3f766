"""The conditions of ``--fail-on`` are said completely wherever people choose them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from camp2iac.review.difference.conditions import COST, WORDS

ROOT = Path(__file__).parents[2]
KNOWN = {*WORDS, f"{COST}:AMOUNT"}


@pytest.mark.parametrize("name", ["action.yml", "templates/camp2iac.yml"])
def test_descriptions_name_every_condition(name: str) -> None:
    found = re.search(r"Conditions on which the job fails, with commas between - (.*)\.\n", (ROOT / name).read_text())
    assert found is not None
    assert set(found[1].split(", ")) == KNOWN


def test_the_table_of_inputs_names_every_condition() -> None:
    row = next(line for line in (ROOT / "docs/ci.md").read_text().splitlines() if line.startswith("| `fail-on` |"))
    assert set(re.findall(r"`([a-z]+(?::AMOUNT)?)`", row)) == KNOWN


@pytest.mark.parametrize("name", ["docs/ci.md", "docs/diff.md", "docs/cli.md"])
def test_examples_refuse_what_the_apply_refuses(name: str) -> None:
    """A volume that shrinks loses no data and makes nothing public, and its apply fails."""
    examples = re.findall(r"fail-on:? (data[\w,:]*)", (ROOT / name).read_text())
    assert examples
    assert all(example.split(",")[:3] == ["data", "public", "refused"] for example in examples)
