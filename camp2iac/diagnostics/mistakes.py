"""One mistake is one diagnostic: a misspelt name that is used in several places is shown once, with all places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from camp2iac.diagnostics.fix import Fix
from camp2iac.diagnostics.model import Diagnostic
from camp2iac.diagnostics.span import Label, Span
from camp2iac.record import replace

_MOST = 5  # places that are shown; the others are counted


def once(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same diagnostics in their order, but one for each mistake: the first, with the places of the others."""
    found: dict[object, list[Diagnostic]] = {}
    for each in diagnostics:
        place = each.span.file if each.span is not None else None
        key = (each.code, each.level, each.mistake, place) if each.mistake and place is not None else id(each)
        found.setdefault(key, []).append(each)
    return [together(group) if len(group) > 1 else group[0] for group in found.values()]


def together(group: Sequence[Diagnostic]) -> Diagnostic:
    """The first diagnostic, with the places of the others, which its fix corrects too."""
    first, *others = group
    spans = [span for span in dict.fromkeys(each.span for each in others) if span is not None and span != first.span]
    labels = tuple(Label(span, "and here") for span in spans[:_MOST])
    more = len(spans) - len(labels)
    notes = (f"the same is wrong in {more} more place{'s' if more > 1 else ''}",) if more else ()
    return replace(
        first, related=(*first.related, *labels), notes=(*first.notes, *notes), fixes=everywhere(first.fixes, others)
    )


def everywhere(fixes: Sequence[Fix], others: Sequence[Diagnostic]) -> tuple[Fix, ...]:
    """Fixes that also correct other places, where a fix of theirs writes the same text instead of the same text."""
    return tuple(replace(fix, also=(*fix.also, *_also(fix, others))) for fix in fixes)


def _also(fix: Fix, others: Sequence[Diagnostic]) -> list[Span]:
    if fix.replaces is None:
        return []
    same = [each for other in others for each in other.fixes if _effect(each) == _effect(fix)]
    spans = [span for each in same for span in (each.replaces, *each.also) if span is not None]
    return [span for span in dict.fromkeys(spans) if span != fix.replaces and span.file == fix.replaces.file]


def _effect(fix: Fix) -> tuple[str, str, bool]:
    return fix.text, fix.expects, fix.sure
