"""Where the command line of a process or a schedule is written."""

from __future__ import annotations

from camp2iac.diagnostics import Span
from camp2iac.diagnostics.located import place
from camp2iac.topology.model import Process, Schedule


def written(each: Process | Schedule) -> Span:
    """The place of the command line; that of the statement if the plan does not have it, as with a Procfile."""
    return place(each.command) or each.statement.span
