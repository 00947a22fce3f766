"""Makes plans of applications that are described in another format: ``camp2iac import``.

:func:`read` reads a source with one of the importers of :mod:`.registry`, and returns the draft of a plan and what
happened to each statement of the source. :mod:`.formats` has one module or package for each format.
"""

from __future__ import annotations

from camp2iac.importers.draft import (
    DraftArtifact,
    DraftCharacteristic,
    DraftPlan,
    DraftRequirement,
    DraftService,
    DraftValue,
    NotedValue,
)
from camp2iac.importers.part import SourcePart
from camp2iac.importers.reading import Imported, Importer, ImportSource, read
from camp2iac.importers.statements import Fate, ImportedStatement, ImportLedger

__all__ = [
    "DraftArtifact",
    "DraftCharacteristic",
    "DraftPlan",
    "DraftRequirement",
    "DraftService",
    "DraftValue",
    "Fate",
    "ImportLedger",
    "ImportSource",
    "Imported",
    "ImportedStatement",
    "Importer",
    "NotedValue",
    "SourcePart",
    "read",
]
