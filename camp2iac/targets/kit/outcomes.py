"""Outcomes of statements as values, which accounting writes into the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from camp2iac.diagnostics import Fix
from camp2iac.targets.base import Ledger, LedgerEntry, Outcome, unkept
from camp2iac.topology.model import Statement


def kept(statement: Statement[Any], how: str) -> LedgerEntry:
    """The platform does what the plan says. ``how``: in a few words."""
    return LedgerEntry(statement, Outcome.KEPT, how)


def degraded(statement: Statement[Any], how: str, why: str, *advice: str | Fix) -> LedgerEntry:
    """The platform does it with a difference, which ``why`` explains. ``advice``: what to do, sentences or fixes."""
    return unkept(statement, Outcome.DEGRADED, how, why, advice)


def lost(statement: Statement[Any], why: str, *advice: str | Fix) -> LedgerEntry:
    """The platform cannot do it. ``advice`` as for :func:`degraded`."""
    return unkept(statement, Outcome.LOST, "lost", why, advice)


def enter(ledger: Ledger, entries: Iterable[LedgerEntry]) -> None:
    """Write outcomes into the ledger. The last entry for a statement counts."""
    for entry in entries:
        ledger.enter(entry)
