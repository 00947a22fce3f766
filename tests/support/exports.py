"""The exports of all examples and cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from camp2iac import read
from camp2iac.exporters import ExportedFile, export, registry
from camp2iac.importers import ImportedStatement
from camp2iac.record import Record
from camp2iac.targets.base import LedgerEntry
from camp2iac.topology.model import Topology

ROOT = Path(__file__).parents[2]
FOLDERS = [*ROOT.glob("examples/*"), *ROOT.glob("tests/cases/*/*"), *ROOT.glob("tests/exporters/*/*/files")]
PLANS = sorted(folder.relative_to(ROOT).as_posix() for folder in FOLDERS if (folder / "camp.yaml").exists())


class PlanExport(Record, frozen=True):
    """An export. ``name``: the folder of the plan. ``planned``: the outcomes on the exporter's platform."""

    name: str
    topology: Topology
    planned: tuple[LedgerEntry, ...]
    statements: tuple[ImportedStatement, ...]
    files: dict[str, ExportedFile]
    steps: tuple[str, ...]

    @property
    def folder(self) -> str:
        """A name for the folder of the export."""
        return self.name.replace("/", "+")

    def write(self, place: Path) -> None:
        """Write the files into a folder."""
        for path, file in self.files.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(file.data)


def all_exports(format_: str) -> Iterator[PlanExport]:
    """The exports of all plans that compile for the exporter's platform and that the format can hold."""
    exporter = registry.find(format_)
    assert exporter is not None
    for name in PLANS:
        plan = read(ROOT / name)
        made = plan.compile(target=exporter.target)
        result, source = made.compiled.result, plan.reading.source
        if not made.ok or result is None or source is None:
            continue
        found = export(exporter, result.topology, result.environment, source.package, result.statements)
        if found.exported is None:
            assert [each.code for each in found.diagnostics] == ["CAMP776"], name
            continue
        files, steps = dict(found.exported.files), found.exported.steps
        yield PlanExport(name, result.topology, result.statements, found.statements, files, steps)
