"""Findings with their places in the plan: for people, code scanning, GitHub Actions and programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import quote

from camp2iac.diagnostics import Diagnostic, Label, Severity, Span
from camp2iac.diagnostics.formats import prepared, render
from camp2iac.diagnostics.formats.pretty import Pretty
from camp2iac.diagnostics.formats.sarif import SCHEMA, location
from camp2iac.record import Record, replace
from camp2iac.review.trace.findings import TracedFinding
from camp2iac.review.trace.inputs import TraceInput
from camp2iac.review.trace.values import mapping, sequence

FORMATS = ("text", "sarif", "github", "json")
_MOST_CHANGES = 40  # of one statement, that are listed
_MOST_SHOWN = 1_000  # blocks of the report for people


class TraceReport(Record, frozen=True):
    """What was read, and its findings with their places.

    ``texts``: the plan and environment files by their shown names. ``named``: from a file's shown name to the name for
    programs, relative to the repository.
    """

    given: TraceInput
    findings: Sequence[TracedFinding]
    texts: Mapping[str, str]
    named: Callable[[str], str]


def write(report: TraceReport, form: str, *, colour: bool = False) -> str:
    """The report in one of ``FORMATS``."""
    if form == "text":
        return _text(report, colour)
    if form == "github":
        return _github(report)
    return (_sarif if form == "sarif" else _json)(report)


# --- for people -------------------------------------------------------------------------------------------------------


def _text(report: TraceReport, colour: bool) -> str:
    found, left = _most_severe(_diagnostics(report.findings))
    shown, masked = prepared(found, report.texts)
    painter = Pretty(colour)
    more = f"and {left} more, which  --output json  lists\n\n" if left else ""
    return "".join(f"{painter.block(each, masked)}\n\n" for each in shown) + more + _count(report)


def _most_severe(diagnostics: Sequence[Diagnostic]) -> tuple[list[Diagnostic], int]:
    """The most severe ones in their order, as many as people can read, and the number of others."""
    order = list(Severity)
    numbers = sorted(range(len(diagnostics)), key=lambda at: order.index(diagnostics[at].severity or Severity.ERROR))
    return [diagnostics[at] for at in sorted(numbers[:_MOST_SHOWN])], max(len(diagnostics) - _MOST_SHOWN, 0)


def _count(report: TraceReport) -> str:
    """``2 errors, 1 warning, 4 changes.``"""
    words = [each.finding.level.value for each in report.findings if not each.finding.change]
    counts = [(words.count(level.value) + report.given.left.get(level.value, 0), level.value) for level in Severity]
    counts.append((len(report.findings) - len(words) + report.given.left.get("change", 0), "change"))
    shown = [f"{number} {word}{'s' if number > 1 else ''}" for number, word in counts if number]
    return f"{', '.join(shown) or 'no findings'}\n"


def _diagnostics(findings: Iterable[TracedFinding]) -> list[Diagnostic]:
    """The findings in their order, then the changes, those of one statement together."""
    changes: dict[Span | None, list[TracedFinding]] = {}
    result = []
    for each in findings:
        if each.finding.change:
            changes.setdefault(each.asked.span if each.asked is not None else None, []).append(each)
        else:
            result.append(_diagnostic(each))
    order = sorted(changes, key=lambda span: (span is None, span or Span("", 0, 0, 0, 0)))
    return [*result, *(_changes(span, changes[span]) for span in order)]


def _diagnostic(traced: TracedFinding) -> Diagnostic:
    finding, asked = traced.finding, traced.asked
    notes = finding.details if asked is not None else (*finding.details, *filter(None, [traced.why]))
    if asked is None:
        return Diagnostic(finding.rule, finding.message, traced.written, notes=notes, severity=finding.level)
    related = (Label(traced.written, ""),) if traced.written is not None else ()
    return Diagnostic(
        finding.rule, finding.message, asked.span, _label(traced), related, notes=notes, severity=finding.level
    )


def _label(traced: TracedFinding) -> str:
    return f"camp2iac adds {traced.name} for this" if traced.added else traced.name


def _changes(span: Span | None, changes: Sequence[TracedFinding]) -> Diagnostic:
    listed = tuple(_change(each) for each in changes[:_MOST_CHANGES])
    if len(listed) < len(changes):
        listed = (*listed, f"and {len(changes) - len(listed)} more")
    if len(changes) == 1:
        return Diagnostic("", listed[0], span, severity=Severity.NOTE)
    by = "that this statement causes" if span is not None else "that no statement asks for"
    return Diagnostic("", f"{len(changes)} changes {by}", span, notes=listed, severity=Severity.NOTE)


def _change(traced: TracedFinding) -> str:
    place = f"  ({traced.written.file}:{traced.written.line})" if traced.written is not None else ""
    return f"{traced.finding.message}{place}"


# --- for GitHub Actions -----------------------------------------------------------------------------------------------


def _github(report: TraceReport) -> str:
    tool = report.given.form.tool
    found = [replace(each, code=each.code or tool) for each in _diagnostics(report.findings)]
    texts = {report.named(file): text for file, text in report.texts.items()}
    return render([_renamed(each, report.named) for each in found], texts, "github")


def _renamed(diagnostic: Diagnostic, named: Callable[[str], str]) -> Diagnostic:
    span = diagnostic.span
    return replace(diagnostic, span=replace(span, file=named(span.file)) if span is not None else None)


# --- for programs -----------------------------------------------------------------------------------------------------


def _json(report: TraceReport) -> str:
    found = [_item(each, report.named) for each in report.findings]
    document = {"format": report.given.form.name, "findings": found, "left_out": sum(report.given.left.values())}
    return json.dumps(document, indent=2) + "\n"


def _item(traced: TracedFinding, named: Callable[[str], str]) -> dict[str, object]:
    finding, asked, written = traced.finding, traced.asked, traced.written
    plan = None
    if asked is not None:
        part = {"kind": asked.kind, "name": asked.node} if asked.kind else None
        plan = {**_place(asked.span, named), "end_column": asked.span.end_column, "part": part, "added": traced.added}
    return {
        "level": finding.level.value,
        "rule": finding.rule or None,
        "message": finding.message,
        "details": list(finding.details),
        "address": finding.address or None,
        "change": finding.change or None,
        "plan": plan,
        "name": traced.name or None,
        "generated": _place(written, named) if written is not None else None,
        "reason": traced.why or None,
    }


def _place(span: Span, named: Callable[[str], str]) -> dict[str, object]:
    return {"file": named(span.file), "line": span.line, "column": span.column}


# --- for code scanning ------------------------------------------------------------------------------------------------


def _sarif(report: TraceReport) -> str:
    if report.given.form.name == "sarif":
        return json.dumps(report.given.secrets.clean_value(_rewritten(report)), indent=2) + "\n"
    run = {
        "tool": {"driver": {"name": report.given.form.tool}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, report.named) for each in report.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _result(traced: TracedFinding, named: Callable[[str], str]) -> dict[str, object]:
    finding = traced.finding
    result: dict[str, object] = {
        "ruleId": finding.rule or (finding.change and f"terraform-{finding.change}") or "terraform",
        "level": finding.level.value,
        "message": {"text": "\n".join([finding.message, *finding.details])},
    }
    if traced.asked is None and traced.written is not None:
        result["locations"] = [location(_span(traced.written, named), "")]
    return _moved(result, traced, named)


def _rewritten(report: TraceReport) -> dict[str, object]:
    """The same document with other places: rules, levels, messages and everything else stay."""
    content = mapping(report.given.document)
    found = {each.finding.number: each for each in report.findings}
    runs: list[object] = []
    for index, run in enumerate(sequence(content, "runs")):
        results = [
            _moved(mapping(result), found[index, count], report.named) if (index, count) in found else result
            for count, result in enumerate(sequence(run, "results"))
        ]
        runs.append({**mapping(run), "results": results} if "results" in mapping(run) else run)
    return {**content, "runs": runs}


def _moved(result: Mapping[str, object], traced: TracedFinding, named: Callable[[str], str]) -> dict[str, object]:
    """A result whose place is that in the plan; the place in the output is a related one."""
    if traced.asked is None:
        return _kept(result, traced, named)
    moved: dict[str, object] = {**result, "locations": [location(_span(traced.asked.span, named), _label(traced))]}
    related = list(sequence(result, "relatedLocations"))
    if traced.written is not None:
        related.append(location(_span(traced.written, named), f"generated: {traced.name}"))
    if related:
        moved["relatedLocations"] = related
    return moved


def _kept(result: Mapping[str, object], traced: TracedFinding, named: Callable[[str], str]) -> dict[str, object]:
    """A result without a place in the plan: the same place, with the file's name in the repository if it is known."""
    first, *others = [*sequence(result, "locations"), None]
    if first is None or traced.written is None:
        return dict(result)
    place = {**mapping(first, "physicalLocation"), "artifactLocation": {"uri": quote(named(traced.written.file))}}
    return {**result, "locations": [{**mapping(first), "physicalLocation": place}, *others[:-1]]}


def _span(span: Span, named: Callable[[str], str]) -> Span:
    end = max(span.end_column, span.column + 1) if span.line == span.end_line else span.end_column
    return Span(named(span.file), span.line, span.column, span.end_line, end)
