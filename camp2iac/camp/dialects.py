"""Other formats, recognised."""

from __future__ import annotations

from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Diagnostic


def recognise(node: Mapping) -> Diagnostic | None:
    """What a document is, if not a plan."""
    return None
