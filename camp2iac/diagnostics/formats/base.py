"""The contract of a format: its module, or that of an extension, has ``writer(*, colour: bool) -> Format``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from camp2iac.diagnostics.model import Diagnostic


class Format(Protocol):
    """Writes a report."""

    def render(self, diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
        """The report, in complete lines. ``diagnostics`` contain no secrets, but ``texts`` can."""


def hint(diagnostic: Diagnostic) -> str:
    """The help in one line, for programs."""
    return " ".join(diagnostic.help.split())
