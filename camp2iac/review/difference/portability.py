"""Statements of the plan that the platform now keeps less well, or better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from camp2iac.compiler import Result
from camp2iac.review.difference.model import PortabilityChange
from camp2iac.review.difference.renamed import current
from camp2iac.targets.base import LedgerEntry, Outcome

_Key: TypeAlias = tuple[str, str, str, str, int]


def compare(before: Result | None, after: Result | None, renamed: Mapping[str, str]) -> tuple[PortabilityChange, ...]:
    """The changes, in the order of the new plan.

    A statement that both plans have is a change if its outcome differs, whatever its value is. A new statement is a
    change if it is lost. Statements that the new plan does not have are left out.
    """
    if after is None:
        return ()
    there = {_key(each, {}) for each in after.statements}
    old = {
        current((_key(each, {}), _key(each, renamed)), there): each
        for each in (before.statements if before is not None else ())
    }
    return tuple(dict.fromkeys(_changes(old, after.statements)))


def _changes(old: Mapping[_Key, LedgerEntry], new: tuple[LedgerEntry, ...]) -> Iterator[PortabilityChange]:
    for entry in new:
        was = old.get(_key(entry, {}))
        changed = entry.outcome is Outcome.LOST if was is None else entry.outcome is not was.outcome
        if changed:
            subject = entry.statement.subject
            node, before = subject.id or subject.heading, was.outcome.value if was is not None else ""
            yield PortabilityChange(node, entry.statement.words, before, entry.outcome.value, entry.why)


def _key(entry: LedgerEntry, renamed: Mapping[str, str]) -> _Key:
    key = entry.statement.key
    return key.subject.kind.value, renamed.get(key.subject.id, key.subject.id), key.kind.name, key.name, key.number
