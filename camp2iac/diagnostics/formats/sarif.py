"""SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from camp2iac.diagnostics.codes import code_of
from camp2iac.diagnostics.fix import Fix
from camp2iac.diagnostics.formats.base import Format, hint
from camp2iac.diagnostics.model import Diagnostic
from camp2iac.diagnostics.span import Span
from camp2iac.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def writer(*, colour: bool) -> Format:
    """The format."""
    return Sarif()


class Sarif:
    """One run, with the pages of the codes that occur as its rules."""

    def render(self, diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
        """A document, also for no diagnostics."""
        codes = sorted({each.code for each in diagnostics})
        driver = {"name": "camp2iac", "version": VERSION, "rules": [_rule(code) for code in codes]}
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "results": [_result(each, codes.index(each.code)) for each in diagnostics],
        }
        return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    page = code_of(code)
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "help": {"text": page.text, "markdown": page.text},
        "defaultConfiguration": {"level": page.severity.value},
    }


def _result(diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    sentences = [diagnostic.message, *diagnostic.notes, hint(diagnostic)]
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": diagnostic.level.value,
        "message": {"text": ". ".join(sentence for sentence in sentences if sentence)},
    }
    if diagnostic.span:
        result["locations"] = [location(diagnostic.span, diagnostic.label)]
    if fixes := [_fix(fix, fix.replaces) for fix in diagnostic.fixes if fix.replaces]:
        result["fixes"] = fixes
    if diagnostic.related:
        result["relatedLocations"] = [location(label.span, label.text) for label in diagnostic.related]
    return result


def _fix(fix: Fix, replaces: Span) -> dict[str, Any]:
    """An edit; ``properties.sure`` says whether ``validate --fix`` would apply it."""
    inserted = {"insertedContent": {"text": fix.text}} if fix.text else {}
    replacements = [{"deletedRegion": _region(span), **inserted} for span in (replaces, *fix.also)]
    change = {"artifactLocation": {"uri": quote(replaces.file)}, "replacements": replacements}
    says = f"Write {fix.write}" if fix.write else "Delete this text"
    says += f" ({fix.note})" if fix.note else ""
    return {"description": {"text": says}, "artifactChanges": [change], "properties": {"sure": fix.sure}}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def location(span: Span, text: str) -> dict[str, Any]:
    """A place, and words about it."""
    place = {"artifactLocation": {"uri": quote(span.file)}, "region": _region(span)}
    return {"physicalLocation": place, **({"message": {"text": text}} if text else {})}
