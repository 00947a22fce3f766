"""For programs: positions count from 1, in characters; ``end_column`` is the column after the last one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from camp2iac.diagnostics.formats.base import Format, hint
from camp2iac.diagnostics.model import Diagnostic


def writer(*, colour: bool) -> Format:
    """The format."""
    return Json()


class Json:
    """``{"diagnostics": [...]}``; what has no place in a file has null for it."""

    def render(self, diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
        """A document, also for no diagnostics."""
        return json.dumps({"diagnostics": [_item(each) for each in diagnostics]}, indent=2) + "\n"


def _item(diagnostic: Diagnostic) -> dict[str, str | int | None]:
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "severity": diagnostic.level.value,
        "message": diagnostic.message,
        "file": span.file if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "hint": hint(diagnostic) or None,
    }
