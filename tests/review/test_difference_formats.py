"""The formats of the difference: committed output for each kind of change."""

from __future__ import annotations

from pathlib import Path

import pytest
from differences import CASES
from support.shared import Golden

from camp2iac.review.formats.difference import FORMS, render

HERE = Path(__file__).parent / "difference"
ENDINGS = {"pretty": "txt", "markdown": "md", "json": "json", "github": "github.txt"}


COMMITTED = [(case, form) for case in CASES for form in FORMS if (case, form) != ("many", "json")]  # 1.6 MB


@pytest.mark.parametrize(("case", "form"), COMMITTED)
def test_output(case: str, form: str, golden: Golden) -> None:
    golden(HERE / f"{case}.{ENDINGS[form]}", render(CASES[case](), form, 100))


@pytest.mark.parametrize("case", ["scale", "lost"])
def test_each_resource_if_verbose(case: str, golden: Golden) -> None:
    golden(HERE / f"{case}.verbose.txt", render(CASES[case](), "pretty", 100, verbose=True))
