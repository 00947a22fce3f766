"""Diagnostics as text: one file a format, imported when it is asked for; and the formats of extensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.diagnostics.formats import registry
from camp2iac.diagnostics.formats.registry import FORMATS as FORMATS
from camp2iac.diagnostics.model import Diagnostic
from camp2iac.diagnostics.secrets import Masked, censored
from camp2iac.record import replace

LONGEST = 2000  # characters of a message
MOST_RELATED = 50  # other places that are shown of one mistake


def render(
    diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], form: str = "plain", *, colour: bool = False
) -> str:
    """The report on ``diagnostics``, in their order.

    ``texts``: shown file name to text, for excerpts and to know what is secret; a file that is missing has no excerpt.
    ``form``: one of ``FORMATS``, or of an extension (``LookupError``: neither). ``colour``: for ``pretty`` alone. Gives
    whole lines, or nothing.
    """
    writer = registry.writer(form, colour=colour)
    masked = Masked(texts)
    return writer.render([_bounded(censored(diagnostic, masked)) for diagnostic in diagnostics], masked)


def _bounded(diagnostic: Diagnostic) -> Diagnostic:
    """The same, cut where it is longer than anybody reads: a plan may hold a word of a megabyte."""
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
