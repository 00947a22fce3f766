"""Why something is generated, and what a line made: for a terminal, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from camp2iac.diagnostics import Diagnostic, Severity, Span
from camp2iac.diagnostics.excerpt import harmless
from camp2iac.diagnostics.formats.pretty import Pretty
from camp2iac.diagnostics.secrets import Masked
from camp2iac.review.formats.cells import pad, wide
from camp2iac.review.trace.generated import GeneratedOutput, PlanPlace
from camp2iac.review.trace.made import MadeReport
from camp2iac.review.trace.why import Because, Made, WhyReport

_MOST = 12  # other things that a statement made, unless all are wanted
_WIDEST = 70


def pretty(report: WhyReport, output: GeneratedOutput, *, colour: bool = False, every: bool = False) -> str:
    """The name, then each statement with its lines, and what else it made. ``every``: all of it."""
    painter = Pretty(colour)
    texts = Masked(texts_of(output, (each.asked.span.file for each in report.because)))
    what = f", the {report.words}" if report.words else ""
    at = f"  ({output.shown(report.written.file)}:{report.written.line})" if report.written else ""
    lines = [painter.paint("bold", harmless(report.name)) + harmless(what + at)]
    lines += [f"  {harmless(reason)}" for reason in report.reasons]
    lines += _table(report.addresses, output)
    for each in report.because:
        lines += ["", f"{harmless(_says(each))}:", *excerpt(painter, each.asked.span, texts)]
        lines += _also(each.also, output, every)
    lines += [f"\nnote: {harmless(note)}" for note in report.notes]
    return "\n".join(lines) + "\n"


def excerpt(painter: Pretty, span: Span, texts: Masked) -> list[str]:
    """A place with its line, as diagnostics show it."""
    return painter.below(Diagnostic("", "", span, severity=Severity.NOTE), texts)


def texts_of(output: GeneratedOutput, files: Iterator[str]) -> Mapping[str, str]:
    """The plan and environment files that can be read, with their text."""
    found = {file: output.source_text(file) for file in dict.fromkeys(files)}
    return {file: text for file, text in found.items() if text is not None}


def _says(because: Because) -> str:
    return f"{because.asked.part or because.asked.span.file} {because.words}"


def _also(made: Sequence[Made], output: GeneratedOutput, every: bool) -> Iterator[str]:
    if made:
        yield "  this statement also made:"
        shown = made if every else made[:_MOST]
        yield from _table(shown, output)
        if len(shown) < len(made):
            yield f"    and {len(made) - len(shown)} more: -v shows all"


def _table(made: Sequence[Made], output: GeneratedOutput) -> Iterator[str]:
    width = min(max((wide(each.name) for each in made), default=0), _WIDEST)
    for each in made:
        yield f"    {pad(each.name, width)}  {harmless(_where(each, output))}".rstrip()


def _where(made: Made, output: GeneratedOutput) -> str:
    return f"{output.shown(made.written.file)}:{made.written.line}" if made.written is not None else ""


def to_json(report: WhyReport, output: GeneratedOutput) -> str:
    """A document. Lines and columns count from 1."""
    return _dumped(
        {
            "name": report.name,
            "what": report.words or None,
            "written": _written(report.written, output),
            "statements": [
                {
                    "asks": each.asked.name,
                    "words": each.words,
                    **_asked(each.asked),
                    "also": _listed(each.also, output),
                }
                for each in report.because
            ],
            "reasons": list(report.reasons),
            "notes": list(report.notes),
            **({"addresses": _listed(report.addresses, output)} if report.addresses else {}),
        }
    )


def _listed(made: Sequence[Made], output: GeneratedOutput) -> list[Mapping[str, object]]:
    return [{"name": each.name, "written": _written(each.written, output)} for each in made]


def made_pretty(reports: Sequence[tuple[MadeReport, GeneratedOutput]], *, colour: bool = False) -> str:
    """What a line made, for each output."""
    painter, lines = Pretty(colour), []
    for report, output in reports:
        texts = Masked(texts_of(output, iter([report.file, *(asked.span.file for asked, _ in report.made)])))
        first, last = report.lines
        lines.append(painter.paint("bold", harmless(report.output)))
        if not report.made:
            lines += [f"  line {report.line} of {harmless(report.file)} made nothing by itself here", ""]
            continue
        if report.parameter:
            lines.append(
                f"  line {report.line} gives the parameter {harmless(report.parameter)}; where the plan uses it:"
            )
        elif not report.exact:
            lines.append(f"  line {report.line} made nothing by itself; lines {first} to {last} around it made this:")
        places: dict[tuple[int, int], list[tuple[PlanPlace, Made]]] = {}
        for asked, made in report.made:
            places.setdefault((asked.span.line, asked.span.column), []).append((asked, made))
        for _, pairs in sorted(places.items()):
            lines += excerpt(painter, pairs[0][0].span, texts)
            lines += _table([made for _, made in pairs], output)
        lines.append("")
    return "\n".join(lines)


def made_json(reports: Sequence[tuple[MadeReport, GeneratedOutput]]) -> str:
    """A document with one item for each output."""
    return _dumped(
        {
            "outputs": [
                {
                    "output": report.output,
                    "file": report.file,
                    "line": report.line,
                    "first_line": report.lines[0],
                    "last_line": report.lines[1],
                    "parameter": report.parameter or None,
                    "made": [
                        {"name": made.name, "written": _written(made.written, output), **_asked(asked)}
                        for asked, made in report.made
                    ],
                }
                for report, output in reports
            ]
        }
    )


def _asked(asked: PlanPlace) -> dict[str, object]:
    return {
        "file": asked.span.file,
        "line": asked.span.line,
        "column": asked.span.column,
        "end_column": asked.span.end_column,
        "part": {"kind": asked.kind, "name": asked.node} if asked.kind else None,
    }


def _written(span: Span | None, output: GeneratedOutput) -> dict[str, object] | None:
    return None if span is None else {"file": output.shown(span.file), "line": span.line, "column": span.column}


def _dumped(content: Mapping[str, object]) -> str:
    return json.dumps(content, indent=2) + "\n"
