"""Report what a plan gives twice (CAMP318), because only one of the values could have an effect."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span


def report(what: str, of: str, first: Span, second: Span, help_: str, diagnostics: Diagnostics) -> None:
    """Report a repetition, with both places.

    Args:
        what: what is given twice, in the plan's words: ``Scale``, ``the variable MODE``.
        of: the name of the node.
        first: the first place.
        second: the second place.
        help_: how to fix it.
        diagnostics: receives the error.
    """
    diagnostics.add(
        Diagnostic(
            "CAMP318",
            f"{what} of {of} is given twice",
            second,
            label="the second",
            related=(Label(first, "the first"),),
            help=help_,
        )
    )


class Once:
    """Remembers where each part of a node was given."""

    def __init__(self, of: str, diagnostics: Diagnostics) -> None:
        """``of``: the node's name, for messages."""
        self._of, self._diagnostics, self._places = of, diagnostics, dict[str, Span]()

    def first(self, what: str, place: Span, help_: str = "keep one of them") -> bool:
        """Whether this is the first time that ``what`` is given. If it is not, report CAMP318."""
        before = self._places.setdefault(what, place)
        if before is place:
            return True
        report(what, self._of, before, place, help_, self._diagnostics)
        return False
