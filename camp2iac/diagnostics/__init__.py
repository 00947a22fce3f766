"""What can be wrong with a user's input, as values: spans, diagnostics, the table of codes, output formats."""

from camp2iac.diagnostics.model import Diagnostic, Diagnostics, Label, Span
from camp2iac.diagnostics.severity import Severity

__all__ = ["Diagnostic", "Diagnostics", "Label", "Severity", "Span"]
