"""Export a plan with an exporter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from camp2iac.camp.package import Package
from camp2iac.diagnostics import Diagnostics
from camp2iac.diagnostics.fix import advice
from camp2iac.importers import Fate, ImportedStatement
from camp2iac.record import Record, field
from camp2iac.targets.base import Environment, Ledger, LedgerEntry, Outcome
from camp2iac.topology.model import Topology

_FATES = {Outcome.KEPT: Fate.KEPT, Outcome.DEGRADED: Fate.CHANGED, Outcome.LOST: Fate.LEFT_OUT}


class ExportedFile(Record, frozen=True):
    """A file: its bytes, and whether it is a program."""

    data: bytes
    executable: bool = False


class ExportSource(Record, frozen=True):
    """What an exporter reads, and where it says what it wrote.

    ``topology``: what the application consists of. ``environment``: of the exporter's platform. ``package``: the
    content. ``statements``: their outcomes on that platform. ``ledger``: begins with these outcomes; the exporter
    records what is different. ``main``: the name that the user wants for the main file; empty: that of the format.
    """

    topology: Topology
    environment: Environment
    package: Package
    statements: tuple[LedgerEntry, ...]
    ledger: Ledger
    diagnostics: Diagnostics
    main: str = ""


class Exported(Record, frozen=True):
    """What an exporter wrote. ``files``: path to file. ``steps``: what the user does with them next."""

    files: Mapping[str, ExportedFile] = field(default_factory=dict)
    steps: tuple[str, ...] = ()


class Exporter(Protocol):
    """An exporter, the ``EXPORTER`` of a module in :mod:`.formats` or of an entry point.

    ``title``: the format for people. ``target``: the platform whose decisions it begins with, and whose environment
    files it takes.
    """

    title: str
    target: str

    def write(self, source: ExportSource) -> Exported | None:
        """The files; None after reporting an error."""


class ExportResult(Record, frozen=True):
    """The result. ``exported``: None after errors. ``statements``: what happened to each, in the order of the plan."""

    exported: Exported | None
    statements: tuple[ImportedStatement, ...]
    diagnostics: Diagnostics


def export(
    exporter: Exporter,
    topology: Topology,
    environment: Environment,
    package: Package,
    statements: tuple[LedgerEntry, ...],
    main: str = "",
) -> ExportResult:
    """Write a plan that compiles for the exporter's platform, with the ``statements`` of that compilation."""
    ledger, diagnostics = Ledger(), Diagnostics()
    for entry in statements:
        ledger.enter(entry)
    source = ExportSource(topology, environment, package, statements, ledger, diagnostics, main)
    exported = exporter.write(source)
    if diagnostics.failed:
        exported = None
    return ExportResult(exported, tuple(map(_stated, ledger.report(topology))), diagnostics)


def _stated(entry: LedgerEntry) -> ImportedStatement:
    """A row of the report."""
    statement, fate = entry.statement, _FATES[entry.outcome]
    remedy = [*(each for each in entry.help if not each.startswith("None needed")), advice(entry.fixes)]
    return ImportedStatement(
        f"{statement.subject.heading}: {statement.words}",
        statement.span,
        fate,
        1,
        "" if fate is Fate.LEFT_OUT else entry.how,
        entry.why,
        " ".join(filter(None, remedy)),
    )
