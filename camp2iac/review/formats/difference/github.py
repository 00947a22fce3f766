"""Annotations of GitHub Actions: one workflow command for each line that causes something."""

from __future__ import annotations

from camp2iac.diagnostics.formats.github import command
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record
from camp2iac.review.difference.model import Difference, SourceLine
from camp2iac.review.formats.difference.findings import Danger, Finding
from camp2iac.review.formats.difference.groups import alike
from camp2iac.review.formats.difference.headline import headline
from camp2iac.review.formats.difference.lists import several

MOST = 10  # annotations of each kind that GitHub shows for a step
_KINDS = {
    Danger.DATA: "error",
    Danger.DESTROY: "warning",
    Danger.REPLACE: "warning",
    Danger.REFUSED: "error",
    Danger.DOWN: "warning",
    Danger.REGION: "warning",
    Danger.STATE: "warning",
    Danger.ASKED: "warning",
    Danger.PUBLIC: "warning",
}


def render(difference: Difference) -> str:
    """The headline, then errors, warnings and notices: at most ten of each, of which the last counts the rest."""
    if all(each.same and not each.notes for each in difference.environments):
        return ""
    found = _by_kind(difference)
    worst = next((kind for kind, each in found.items() if each), "notice")
    out = []
    for kind, each in found.items():
        if kind == worst:
            out.append(command(kind, {"title": "camp2iac diff"}, headline(difference)))
        room = MOST - (kind == worst)
        chosen = list(each.items())[: room if len(each) <= room else room - 1]
        out += [_annotation(kind, annotation, sentences) for annotation, sentences in chosen]
        if left := len(each) - len(chosen):
            out.append(command(kind, {"title": "camp2iac diff"}, f"{left:,} more: see the result of camp2iac diff"))
    return "".join(out)


class Annotation(Record, frozen=True):
    """Where an annotation is: a line, or without one the part of the plan that it is about."""

    line: SourceLine | None
    subject: str
    title: str


def _by_kind(difference: Difference) -> dict[str, dict[Annotation, list[str]]]:
    """The sentences of each annotation, by kind. The sentences about one line are one annotation."""
    kinds: dict[str, dict[Annotation, list[str]]] = {"error": {}, "warning": {}, "notice": {}}
    titles: dict[tuple[str, SourceLine | None, str], Annotation] = {}
    for group in alike(difference):
        names = several(group.names)
        for note in group.difference.notes:
            kinds["warning"].setdefault(Annotation(None, names, "not compared"), []).append(f"{names}: {note}")
        for finding in (each for found in group.found.values() for each in found):
            kind = _KINDS.get(finding.danger, "notice")
            sentence = f"{names}: {finding.subject}: {finding.says}"
            for line in _places(finding):
                subject = "" if line else finding.subject
                made = Annotation(line, subject, _title(finding))
                annotation = titles.setdefault((kind, line, subject), made)
                kinds[kind].setdefault(annotation, []).append(sentence)
    return kinds


def _title(finding: Finding) -> str:
    kind = finding.danger.value
    return kind if kind == finding.subject else f"{finding.subject}: {kind}"


def _places(finding: Finding) -> tuple[SourceLine | None, ...]:
    """The lines of the new version that cause it, and those of the old one that are removed."""
    found = tuple(dict.fromkeys(cause.after or cause.before for cause in finding.causes))
    return tuple(line for line in found if line) or (None,)


def _annotation(kind: str, annotation: Annotation, sentences: list[str]) -> str:
    line = annotation.line
    fields: dict[str, str | int] = {}
    if line is not None:
        fields = {"file": line.file, **({"line": line.number} if line.number else {})}
    said = list(dict.fromkeys(sentences))
    more = [f"{len(said) - MOST + 1:,} more"] if len(said) > MOST else []
    shown = [short(each, 500) for each in (said[: MOST - 1] if more else said)]
    return command(kind, {**fields, "title": short(annotation.title, 100)}, "\n".join([*shown, *more]))
