"""What Terraform or a scanner reports, independent of the format."""

from __future__ import annotations

from camp2iac.diagnostics import Severity
from camp2iac.record import Record


class ReportedFinding(Record, frozen=True):
    """A finding, or a change of a resource.

    ``level``: how severe it is. ``message``: one line. ``rule``: the id of the rule, empty if it has none. ``details``:
    more lines. ``address``: of the resource, as the format has it; empty if unknown. ``file``, ``line``, ``column``,
    ``end_line``: where it is, as the format has it; empty or 0 if unknown. ``change``: ``create``, ``delete`` or
    another action, for a change. ``number``: which of the results of its document it is (SARIF).
    """

    level: Severity
    message: str
    rule: str = ""
    details: tuple[str, ...] = ()
    address: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    change: str = ""
    number: tuple[int, int] = (-1, -1)


def level(word: str, otherwise: Severity = Severity.WARNING) -> Severity:
    """The severity that a word of another tool means."""
    words = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE, "none": Severity.NOTE}
    return words.get(word, otherwise)
