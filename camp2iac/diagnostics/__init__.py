"""Errors in the user's files as values: spans, diagnostics, fixes, the table of codes, output formats."""

from camp2iac.diagnostics.fix import Fix
from camp2iac.diagnostics.model import Diagnostic, Diagnostics
from camp2iac.diagnostics.severity import Severity
from camp2iac.diagnostics.span import Label, Span

__all__ = ["Diagnostic", "Diagnostics", "Fix", "Label", "Severity", "Span"]
