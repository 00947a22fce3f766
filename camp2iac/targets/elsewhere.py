"""Services that exist elsewhere (``href``): no platform makes them, so what else the plan says of one is lost.

A target that does something with it says so afterwards: its word is the last.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import Ledger
from camp2iac.topology.model import Service, Statement, Topology
from camp2iac.topology.statement_kinds import HREF
from camp2iac.topology.statements import SubjectKind


def account(topology: Topology, ledger: Ledger) -> None:
    """Each statement is lost, but the address and what a README keeps."""
    for service, statement in _statements(topology):
        ledger.lose(statement, f"{service.name} exists elsewhere. It is used as it is.")


def _statements(topology: Topology) -> Iterator[tuple[Service, Statement[object]]]:
    """What a target would do, were it to make these services."""
    for statement in topology.statements:
        service = topology.services.get(statement.subject.id) if statement.subject.kind is SubjectKind.SERVICE else None
        about = statement.kind.taken_by == "target" and statement.kind != HREF
        if service is not None and service.href is not None and about:
            yield service, statement
