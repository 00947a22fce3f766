"""Diagnostics as text: one module per format, imported when it is used, and the formats of extensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.diagnostics.formats import registry
from camp2iac.diagnostics.formats.registry import FORMATS as FORMATS
from camp2iac.diagnostics.model import Diagnostic
from camp2iac.diagnostics.secrets import Masked, censored
from camp2iac.record import replace

LONGEST = 2000  # characters of a message
MOST_RELATED = 50  # related places of one diagnostic


def render(
    diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], form: str = "plain", *, colour: bool = False
) -> str:
    """A report with ``diagnostics``, in their order, as complete lines.

    ``texts``: the text of each file by its shown name, for excerpts and to find secrets; a missing file has no excerpt.
    ``form``: one of ``FORMATS``, or the format of an extension (``LookupError`` if it does not exist). ``colour``: only
    for ``pretty``.
    """
    writer = registry.writer(form, colour=colour)
    shown, masked = prepared(diagnostics, texts)
    return writer.render(shown, masked)


def prepared(diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> tuple[list[Diagnostic], Masked]:
    """The diagnostics without secrets and with long parts cut, and the files with their secrets hidden."""
    masked = Masked(texts)
    return [_bounded(censored(diagnostic, masked)) for diagnostic in diagnostics], masked


def _bounded(diagnostic: Diagnostic) -> Diagnostic:
    """The same with long parts cut, because a plan can contain a word of a megabyte."""
    texts = (diagnostic.message, diagnostic.label, diagnostic.help, *diagnostic.notes)
    fixes = tuple(fix for fix in diagnostic.fixes if max(len(fix.text), len(fix.write)) <= LONGEST)
    whole = all(len(text) <= LONGEST for text in texts) and fixes == diagnostic.fixes
    if whole and len(diagnostic.related) <= MOST_RELATED:
        return diagnostic
    message, label, help_, *notes = (text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…" for text in texts)
    related = diagnostic.related[:MOST_RELATED]
    return replace(
        diagnostic, message=message, label=label, help=help_, notes=tuple(notes), related=related, fixes=fixes
    )
