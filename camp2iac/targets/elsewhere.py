"""Services that exist elsewhere (``href``). No platform creates them, so other statements about them are lost.

A target that uses such a statement records its own outcome later, which counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import Ledger
from camp2iac.topology.model import Service, Statement, Topology
from camp2iac.topology.statement_kinds import HREF
from camp2iac.topology.statements import SubjectKind


def account(topology: Topology, ledger: Ledger) -> None:
    """Record that each statement is lost, except the URL and labels."""
    for service, statement in _statements(topology):
        ledger.lose(statement, f"{service.name} already exists elsewhere. camp2iac does not configure it.")


def _statements(topology: Topology) -> Iterator[tuple[Service, Statement[object]]]:
    """The statements that only a target that creates the service could use."""
    for statement in topology.statements:
        service = topology.services.get(statement.subject.id) if statement.subject.kind is SubjectKind.SERVICE else None
        about = statement.kind.taken_by == "target" and statement.kind != HREF
        if service is not None and service.href is not None and about:
            yield service, statement
