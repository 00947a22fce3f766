"""Read the tables: YAML files of our own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def read(file: Path) -> dict[str, Any]:
    """The content of a table."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
    return content
