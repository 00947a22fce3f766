"""What can be wrong with a user's input, as values: spans, diagnostics, the table of codes, output formats."""

from camp2iac.diagnostics.model import Diagnostic, Diagnostics, Label, Severity, Span

__all__ = ["Diagnostic", "Diagnostics", "Label", "Severity", "Span"]
