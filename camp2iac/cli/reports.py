"""Reports for programs (``--output json``): what all commands have in common. docs/json.md describes them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from camp2iac.cli.options import STDIN

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.targets.base import LedgerEntry


def text(document: Mapping[str, object]) -> str:
    """The document as a command prints it."""
    return json.dumps(document, indent=2) + "\n"


def diagnostics(found: Iterable[Diagnostic], texts: Mapping[str, str]) -> list[object]:
    """Diagnostics as ``validate --output json`` prints them, without secrets."""
    from camp2iac.diagnostics.formats import render

    items: list[object] = json.loads(render(list(found), texts, "json"))["diagnostics"]
    return items


def rendered(report: str | None, found: Iterable[Diagnostic], texts: Mapping[str, str]) -> str:
    """A report in JSON, with the diagnostics. ``report``: None if errors prevented it."""
    document: dict[str, object] = json.loads(report) if report is not None else {}
    return text({**document, "diagnostics": diagnostics(found, texts)})


def plan_name(plan: Path | None) -> str:
    """A plan as the user named it."""
    return plan.as_posix() if plan is not None else STDIN


def outcomes(entries: Iterable[LedgerEntry]) -> dict[str, int]:
    """How many statements a platform keeps, degrades and loses."""
    counts = Counter(entry.outcome.value for entry in entries)
    return {word: counts[word] for word in ("kept", "degraded", "lost")}
