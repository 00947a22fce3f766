"""The same thing said twice (CAMP318): of two values one would be taken, and the other would vanish without a word."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span


def report(what: str, of: str, first: Span, second: Span, help_: str, diagnostics: Diagnostics) -> None:
    """Report a repetition, with both places.

    Args:
        what: what is said twice, in the plan's words: ``Scale``, ``the variable MODE``.
        of: the node that it is said of.
        first: where it is said first.
        second: where it is said again.
        help_: how to say what may have been meant.
        diagnostics: takes it.
    """
    diagnostics.add(
        Diagnostic(
            "CAMP318",
            f"{what} of {of} is given twice",
            second,
            label="given again here",
            related=(Label(first, "given first here"),),
            help=help_,
        )
    )


class Once:
    """Remembers where each thing of one node was said."""

    def __init__(self, of: str, diagnostics: Diagnostics) -> None:
        """``of``: the node's name, for messages."""
        self._of, self._diagnostics, self._places = of, diagnostics, dict[str, Span]()

    def first(self, what: str, place: Span, help_: str = "keep one of them") -> bool:
        """Whether this is the first time that ``what`` is said; CAMP318 if it is not."""
        before = self._places.setdefault(what, place)
        if before is place:
            return True
        report(what, self._of, before, place, help_, self._diagnostics)
        return False
