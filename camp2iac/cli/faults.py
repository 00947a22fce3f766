"""An error that stops a command before it has anything to compile."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic


class Fault(Exception):  # noqa: N818 - it carries a diagnostic, which is the error
    """What the user named, or did not name, cannot be used. ``form``: the format of the report that the user wants."""

    def __init__(self, diagnostic: Diagnostic, form: str = "pretty") -> None:
        super().__init__(diagnostic.message)
        self.diagnostic, self.form = diagnostic, form
