"""Like ``pretty``, but never in colour."""

from __future__ import annotations

from camp2iac.diagnostics.formats.base import Format
from camp2iac.diagnostics.formats.pretty import Pretty


def writer(*, colour: bool) -> Format:
    """The format; ignores ``colour``."""
    return Pretty(colour=False)
