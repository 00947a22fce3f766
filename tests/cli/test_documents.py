"""Generated pages of the documentation are up to date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from camp2iac.cli import COMMANDS
from camp2iac.cli import document as cli_document
from camp2iac.diagnostics import document as errors_document
from camp2iac.diagnostics.codes import PAGES

DOCS = Path(__file__).parents[2] / "docs"
Golden = Callable[[Path, str], None]


def test_errors_md(golden: Golden) -> None:
    text = errors_document.document()
    assert "## Others" not in text
    assert all(f"### {code}\n" in text for code in PAGES)
    golden(DOCS / "errors.md", text)


def test_cli_md(golden: Golden) -> None:
    golden(DOCS / "cli.md", cli_document.document())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example_and_says_more_or_less(command: str) -> None:
    section = cli_document.document().split(f"## camp2iac {command}\n", 1)[1].split("\n## ", 1)[0]
    assert any(f"{before}camp2iac {command}" in section for before in ("  ", "$(", "| "))
    assert "-v, --verbose" in section
    assert "-q, --quiet" in section
