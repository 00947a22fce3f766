"""What every format has: a function ``writer(*, colour: bool) -> Format``, in its module or in an extension's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from camp2iac.diagnostics.model import Diagnostic


class Format(Protocol):
    """Writes a report."""

    def render(self, diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
        """The report: whole lines. What it is given has no secrets in it any more, but ``texts`` may."""


def hint(diagnostic: Diagnostic) -> str:
    """The help in one line, for machines."""
    return " ".join(diagnostic.help.split())
