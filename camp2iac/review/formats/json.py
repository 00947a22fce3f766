"""The port report for programs."""

from __future__ import annotations

import json
from typing import Any

from camp2iac.diagnostics.formats.json import fix_item
from camp2iac.review.port import PortReport
from camp2iac.targets.base import LedgerEntry


def render(report: PortReport) -> str:
    """``{"name", "plan", "targets": [...], "statements": [...]}``. The first line is 1."""
    document = {
        "name": report.title,
        "plan": report.file,
        "targets": [
            {
                "name": column.target,
                "environment": column.environment,
                **{outcome.value: count for outcome, count in column.counts().items()},
            }
            for column in report.columns
        ],
        "statements": [
            {
                "line": row.span.line,
                "column": row.span.column,
                "node": row.subject.heading,
                "says": row.words,
                "outcomes": {target: _entry(entry) for target, entry in row.entries.items()},
            }
            for row in report.rows
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _entry(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "outcome": entry.outcome.value,
        "how": entry.how,
        "why": entry.why or None,
        "help": list(entry.help),
        "fixes": [fix_item(fix) for fix in entry.fixes],
    }
