"""Outcomes of statements as values, which accounting writes into the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from camp2iac.targets.base import Ledger, LedgerEntry, Outcome, Remedy
from camp2iac.topology.model import Statement


def kept(statement: Statement[Any], how: str) -> LedgerEntry:
    """The platform does what the plan says. ``how``: in a few words."""
    return LedgerEntry(statement, Outcome.KEPT, how)


def degraded(statement: Statement[Any], how: str, why: str, *remedies: Remedy) -> LedgerEntry:
    """The platform does it with a difference, which ``why`` explains."""
    return LedgerEntry(statement, Outcome.DEGRADED, how, why, remedies)


def lost(statement: Statement[Any], why: str, *remedies: Remedy) -> LedgerEntry:
    """The platform cannot do it."""
    return LedgerEntry(statement, Outcome.LOST, "lost", why, remedies)


def enter(ledger: Ledger, entries: Iterable[LedgerEntry]) -> None:
    """Write outcomes into the ledger. The last entry for a statement counts."""
    for entry in entries:
        if entry.outcome is Outcome.KEPT:
            ledger.keep(entry.statement, entry.how)
        elif entry.outcome is Outcome.DEGRADED:
            ledger.degrade(entry.statement, entry.how, entry.why, *entry.remedies)
        else:
            ledger.lose(entry.statement, entry.why, *entry.remedies, how=entry.how)
