"""What the import of a manifest has made so far."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.importers.code import FoundCode
from camp2iac.importers.draft import DraftArtifact, DraftPlan, DraftService
from camp2iac.importers.part import SourcePart
from camp2iac.importers.reading import ImportSource
from camp2iac.importers.software import SoftwareMatch
from camp2iac.importers.systems import WantedRelease
from camp2iac.record import Record, field

_VARIABLE = re.compile(r"\(\(([^()\s]{1,100})\)\)")


class ManifestApplication(Record):
    """An application, and what it becomes. ``web``: it answers requests."""

    part: SourcePart
    id: str
    artifact: DraftArtifact
    service: DraftService
    code: FoundCode | None = None
    web: bool = True

    def wanted(self) -> Iterator[WantedRelease]:
        """What it needs of its operating system."""
        if self.code is not None:
            yield self.code.wanted(self.id)


class ManifestState(Record):
    """The plan, and the applications. ``services``: of the plan, by the name of the service instance."""

    plan: DraftPlan
    catalogue: Catalogue
    source: ImportSource
    document: SourcePart
    applications: list[ManifestApplication] = field(default_factory=list)
    services: dict[str, tuple[DraftService, SoftwareMatch]] = field(default_factory=dict)

    def get(self, part: SourcePart, key: str) -> SourcePart | None:
        """A value of an application, or in manifests of older releases, that of all applications."""
        return part.get(key) or self.document.get(key)


def variables(text: str) -> list[str]:
    """The variables that a value has: ``((host))``."""
    return _VARIABLE.findall(text)


def whole(text: str) -> str:
    """The variable that a value consists of; empty if it has something else."""
    found = _VARIABLE.fullmatch(text)
    return found[1] if found is not None else ""
