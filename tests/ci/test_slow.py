"""The lists of slow tests name tests that exist: a renamed one would be in the quick run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.slow import KEPT, SLOW, is_slow

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", [*SLOW, *KEPT])
def test_it_names_a_test(name: str) -> None:
    file, _, test = name.partition("::")
    assert (ROOT / file).exists()
    assert not test or re.search(rf"^def {test.partition('[')[0]}", (ROOT / file).read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_would_be_slow(name: str) -> None:
    assert name.startswith(tuple(SLOW))
    assert not is_slow(name)
