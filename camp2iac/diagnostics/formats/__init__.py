"""Diagnostics as text: one file a format, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from camp2iac.diagnostics.formats.base import Format
from camp2iac.diagnostics.model import Diagnostic
from camp2iac.diagnostics.secrets import censored

FORMATS = ("pretty", "plain", "json", "sarif", "github")


def render(
    diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], form: str = "plain", *, colour: bool = False
) -> str:
    """The report on ``diagnostics``, in their order.

    ``texts``: shown file name to text, for excerpts and to know what is secret; a file that is missing has no excerpt.
    ``form``: one of ``FORMATS``. ``colour``: for ``pretty`` alone. Gives whole lines, or nothing.
    """
    writer: Format = import_module(f"camp2iac.diagnostics.formats.{form}").writer(colour=colour)
    return writer.render([censored(diagnostic, texts) for diagnostic in diagnostics], texts)
