"""For programs: positions count from 1, in characters; ``end_column`` is the column after the last one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from camp2iac.diagnostics.fix import Fix
from camp2iac.diagnostics.formats.base import Format, hint
from camp2iac.diagnostics.model import Diagnostic
from camp2iac.diagnostics.span import Span


def writer(*, colour: bool) -> Format:
    """The format."""
    return Json()


class Json:
    """``{"diagnostics": [...]}``; a diagnostic without a place in a file has null for the place."""

    def render(self, diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
        """A document, also for no diagnostics."""
        return json.dumps({"diagnostics": [_item(each) for each in diagnostics]}, indent=2) + "\n"


def _item(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.level.value,
        "message": diagnostic.message,
        **_place(diagnostic.span),
        "hint": hint(diagnostic) or None,
        "fixes": [fix_item(fix) for fix in diagnostic.fixes],
        **({"environments": list(diagnostic.environments)} if diagnostic.environments else {}),
    }


def fix_item(fix: Fix) -> dict[str, Any]:
    """A fix. ``text`` replaces the region; without a line, the user decides where it goes in ``file``.

    ``also``: other regions that it replaces, if there are any.
    """
    place = _place(fix.replaces)
    return {
        **place,
        "file": place["file"] or fix.file or None,
        "text": fix.text,
        "write": fix.write,
        "note": fix.note or None,
        "sure": fix.sure,
        **({"also": [_place(span) for span in fix.also]} if fix.also else {}),
    }


def _place(span: Span | None) -> dict[str, str | int | None]:
    return {
        "file": span.file if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
    }
