"""The Markdown files that people read: docs/, the pages of codes, and the README files of the project and its parts."""

from __future__ import annotations

from pathlib import Path

from support.plans import ROOT

PATTERNS = (
    "*.md",
    "docs/**/*.md",
    "camp2iac/diagnostics/pages/*.md",
    "examples/*/README.md",
    "examples/extensions/**/*.md",
    "proofs/*/README.md",
)


def pages() -> list[str]:
    """Their paths in the repository. Those of ``docs/errors.md`` are read where they are written."""
    found = {path for pattern in PATTERNS for path in ROOT.glob(pattern)}
    return sorted(path.relative_to(ROOT).as_posix() for path in found if path.name != "errors.md")


def text(page: str) -> str:
    """The text of a page."""
    return (Path(ROOT) / page).read_text(encoding="utf-8")
