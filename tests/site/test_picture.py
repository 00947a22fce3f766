"""The picture of the first screen has lines that exist, and is the one that is committed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import site_picture
from support.plans import EXAMPLES, ROOT


@pytest.mark.parametrize(("name", "text"), [site_picture.PLAN, *site_picture.OUTPUTS])
def test_the_lines_are_those_of_the_example_in_their_order(name: str, text: str) -> None:
    lines = iter((EXAMPLES / "guestbook" / name).read_text().splitlines())
    for line in text.splitlines():
        if line.strip() not in ("…", ""):
            assert line in lines, f"{name} has no such line after those before it: {line!r}"


def test_the_picture(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "docs/assets/input-output.svg", site_picture.svg())
