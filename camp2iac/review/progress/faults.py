"""Terraform's errors and warnings with their places in the plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from camp2iac.diagnostics.excerpt import ExcerptLine
from camp2iac.diagnostics.reported_secrets import ReportedSecrets
from camp2iac.diagnostics.secrets import Masked
from camp2iac.review.formats.cells import folded
from camp2iac.review.known_secrets import of_diagnostic
from camp2iac.review.parts import DeployedParts
from camp2iac.review.progress.messages import UiDiagnostic

_CONTEXT = re.compile(r'(resource|data|output|variable|check|provider) "([^"]+)"(?: "([^"]+)")?')
_PREFIXES = {"variable": "var"}
_PLACE = re.compile(r"(.+):(\d+):(\d+)")
_LONGEST = 1_000  # characters of an address and of a file's name
_MOST_LINES = 30  # of the text of an error

Texts = Callable[[str], str | None]
"""The text of a file that the source map names; None if there is none, or it has changed since."""


def address(diagnostic: UiDiagnostic) -> str:
    """The address of the block that a diagnostic is about; empty if it does not say."""
    if diagnostic.address:
        return diagnostic.address
    context = diagnostic.snippet.context if diagnostic.snippet is not None else None
    match = _CONTEXT.match(context or "")
    if match is None:
        return ""
    kind, first, second = match.groups()
    name = f"{first}.{second}" if second else first
    return name if kind == "resource" else f"{_PREFIXES.get(kind, kind)}.{name}"


def rendered(diagnostic: UiDiagnostic, times: int, parts: DeployedParts, texts: Texts, width: int) -> Iterator[str]:
    """The lines of a diagnostic: what, where in the plan with the line of it, where in the module, and the details."""
    more = f" ({times} times)" if times > 1 else ""
    secrets = ReportedSecrets(quoted(diagnostic))
    summary = " ".join(secrets.clean(diagnostic.summary).split())
    yield from folded(f"{diagnostic.severity or 'error'}: {summary}{more}", width)
    name = address(diagnostic)
    place = parts.place(name) if name else ""
    if place:
        part = parts.asked_by(name) if name.startswith(("output.", "var.", "data.")) else parts.part(name)
        where = f", {part.title}" if part.kind else ""
        yield from folded(f"  --> {place}{where}", width)
        yield from _excerpt(place, texts, width)
    module = f"{diagnostic.range.filename}:{diagnostic.range.start.line}" if diagnostic.range is not None else ""
    about = secrets.clean(", ".join(each[:_LONGEST] for each in (name, module) if each))
    yield from (f"  {line}" for line in folded(about, max(width - 2, 8)) if about)
    detail = [line for line in secrets.clean(diagnostic.detail).splitlines() if line.strip()]
    for text in detail[:_MOST_LINES]:
        yield from (f"  {line}" for line in folded(text, max(width - 2, 8)))
    if len(detail) > _MOST_LINES:
        yield f"  … {len(detail) - _MOST_LINES} more lines"


def quoted(diagnostic: UiDiagnostic) -> Iterator[object]:
    """The values that a diagnostic quotes for expressions whose name is that of a secret."""
    found = diagnostic.snippet.values if diagnostic.snippet is not None else ()
    values = [{"traversal": each.traversal, "statement": each.statement} for each in found or ()]
    return of_diagnostic({"snippet": {"values": values}})


def _excerpt(place: str, texts: Texts, width: int) -> Iterator[str]:
    match = _PLACE.fullmatch(place)
    text = texts(match[1]) if match else None
    if match is None or text is None:
        return
    file, number, column = match[1], int(match[2]), int(match[3])
    masked = Masked({file: text})
    found = masked.lines(file)
    if not 0 < number <= len(found):
        return
    line = ExcerptLine.of(found[number - 1], masked.hidden(file).get(number, ()), column)
    first, last = line.place(column - 1, len(found[number - 1].rstrip()))
    content, begin, _ = line.cut(first, last)
    margin = len(str(number)) + 1
    shown = max(width - margin - 3, 8)
    yield " " * margin + " |"
    yield f"{number:>{margin}} | {content[:shown].rstrip()}"
    if first - begin < shown:
        yield " " * margin + " | " + " " * (first - begin) + "^"
