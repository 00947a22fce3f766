"""What Terraform or a scanner reports, independent of the format."""

from __future__ import annotations

from camp2iac.diagnostics import Severity
from camp2iac.record import Record, replace


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


_LONGEST = 4_000  # characters of a line
_MOST_LINES = 200


def bounded(finding: ReportedFinding) -> ReportedFinding:
    """The finding with lines of a limited number and length. An address or a file's name that is longer is cut too."""
    if len(finding.details) <= _MOST_LINES and all(
        len(each) <= _LONGEST
        for each in (finding.message, finding.rule, finding.address, finding.file, *finding.details)
    ):
        return finding
    details = tuple(map(_cut, finding.details[:_MOST_LINES]))
    if len(finding.details) > _MOST_LINES:
        details = (*details, f"… {len(finding.details) - _MOST_LINES} more lines")
    return replace(
        finding,
        message=_cut(finding.message),
        rule=_cut(finding.rule),
        details=details,
        address=_cut(finding.address),
        file=_cut(finding.file),
    )


def _cut(text: str) -> str:
    """The start of a string. No word is cut if possible, because a part of a secret would not be recognised."""
    start = text[:_LONGEST]
    return text if len(text) <= _LONGEST else f"{start.rpartition(' ')[0] or start} …"
