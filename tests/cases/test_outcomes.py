"""What a target does with each statement of a plan: kept, degraded or lost, how, why, and what to do instead.

``outcomes.txt`` has this for every example and case, in the order of the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import phases
from support.plans import Compilation, compilations
from support.sections import compare

from camp2iac.targets.base import LedgerEntry

FILE = Path(__file__).with_name("outcomes.txt")
COMPILATIONS = compilations()


@pytest.mark.parametrize("compilation", COMPILATIONS, ids=lambda each: each.id)
def test_outcomes(compilation: Compilation, request: pytest.FixtureRequest) -> None:
    loaded = phases.load(compilation.package / "camp.yaml", leave_out=[compilation.output])
    made = phases.compile(
        loaded, environment=compilation.environment, target=compilation.target or None, output=compilation.output
    )
    assert made.result is not None
    lines = [line for entry in made.result.statements for line in _lines(entry)]
    compare(FILE, compilation.id, lines, [each.id for each in COMPILATIONS], request.config)


def _lines(entry: LedgerEntry) -> Iterator[str]:
    statement = entry.statement
    place = f"{statement.span.line}:{statement.span.column}" if statement.span else "-"
    yield f"{place} {entry.outcome.value}: {entry.how}"
    if entry.why:
        yield f"why: {entry.why}"
    for remedy in entry.remedies:
        where = f"{Path(remedy.where.file).name}:{remedy.where.line}:{remedy.where.column}" if remedy.where else "-"
        yield f"remedy: {where} {remedy.write or '-'} | {remedy.text or '-'}"
