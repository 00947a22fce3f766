"""Annotations of GitHub Actions: one workflow command for each line that causes something."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics.formats.github import command
from camp2iac.review.difference.model import Cause, Difference, Line
from camp2iac.review.formats.difference.findings import Danger, Finding, findings
from camp2iac.review.formats.difference.headline import headline
from camp2iac.review.formats.difference.merge import alike

MOST = 10  # annotations of each kind that GitHub shows for a step
_KINDS = {
    Danger.DATA: "error",
    Danger.DESTROY: "warning",
    Danger.REPLACE: "warning",
    Danger.DOWN: "warning",
    Danger.PUBLIC: "warning",
}


def render(difference: Difference) -> str:
    """Errors, warnings, then notices: at most ten of each, of which the last one counts those that are left out."""
    out = []
    sorted_ = _by_kind(difference)
    for kind, found in sorted_.items():
        shown = found if len(found) <= MOST else found[: MOST - 1]
        out += [command(kind, fields, text) for fields, text in shown]
        if len(found) > len(shown):
            rest = f"{len(found) - len(shown):,} more: see the output of camp2iac diff"
            out.append(command(kind, {"title": "camp2iac diff"}, rest))
    return "".join(out)


def _by_kind(difference: Difference) -> dict[str, list[tuple[dict[str, str | int], str]]]:
    sentences: dict[str, dict[Line | None, list[tuple[Finding, str]]]] = {"error": {}, "warning": {}, "notice": {}}
    for group in alike(difference):
        for found in findings(group.difference).values():
            for finding in found:
                text = f"{finding.subject} {finding.says} ({group.title})"
                for line in dict.fromkeys(_places(finding)):
                    sentences[_KINDS.get(finding.danger, "notice")].setdefault(line, []).append((finding, text))
        for note in group.difference.notes:
            text = f"not compared: {note} ({group.title})"
            sentences["warning"].setdefault(None, []).append((Finding(Danger.DOWN, "", note), text))
    result: dict[str, list[tuple[dict[str, str | int], str]]] = {}
    for kind, lines in sentences.items():
        result[kind] = [_annotation(line, found, difference) for line, found in lines.items()]
    return result


def _places(finding: Finding) -> Iterator[Line | None]:
    """The lines of the new version that cause it; the old ones if they are removed."""
    if not finding.causes:
        yield None
    for cause in finding.causes:
        yield _place(cause)


def _place(cause: Cause) -> Line | None:
    return cause.after or cause.before


def _annotation(
    line: Line | None, found: list[tuple[Finding, str]], difference: Difference
) -> tuple[dict[str, str | int], str]:
    fields: dict[str, str | int] = {}
    if line is not None:
        fields = {"file": line.file, **({"line": line.number} if line.number else {})}
    first = found[0][0]
    fields["title"] = f"{first.subject}: {first.danger.value}" if first.subject else headline(difference)
    return fields, "\n".join(text for _, text in found)
