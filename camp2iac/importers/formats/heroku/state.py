"""What the import of an application of Heroku has made so far."""

from __future__ import annotations

from camp2iac.catalogue import Catalogue
from camp2iac.importers.code import FoundCode
from camp2iac.importers.draft import DraftArtifact, DraftPlan, DraftService, DraftValue
from camp2iac.importers.formats.heroku import files
from camp2iac.importers.part import SourcePart
from camp2iac.record import Record, field


class HerokuSource(Record):
    """The documents by file, and the plan with its one artifact.

    ``settings``: the environment file for Heroku. ``linked``: the configuration variables that add-ons set, to what
    sets them. ``adopted``: what Terraform takes over, by the key of ``adopt``.
    """

    plan: DraftPlan
    catalogue: Catalogue
    documents: dict[str, SourcePart]
    code: FoundCode
    artifact: DraftArtifact
    service: DraftService
    settings: dict[str, DraftValue] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    adopted: dict[str, DraftValue] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the artifact and of its service."""
        return self.artifact.name

    @property
    def running(self) -> bool:
        """Whether the source says what runs."""
        return files.APPS in self.documents

    def value(self, file: str, *keys: str) -> SourcePart | None:
        """A value of a document; None if there is none."""
        part = self.documents.get(file)
        for key in keys:
            part = part.get(key) if part is not None else None
        return part

    def setting(self, key: str) -> dict[str, DraftValue]:
        """The settings of the artifact below a key of the environment file, by name."""
        found: dict[str, DraftValue] = {}
        own = self.settings.setdefault(key, {self.id: found})
        inner = own.get(self.id) if isinstance(own, dict) else None
        return inner if isinstance(inner, dict) else found

    def listing(self, key: str) -> list[DraftValue]:
        """The list of the artifact below a key of the environment file."""
        found: list[DraftValue] = []
        own = self.settings.setdefault(key, {self.id: found})
        inner = own.get(self.id) if isinstance(own, dict) else None
        return inner if isinstance(inner, list) else found


def setting(key: str) -> str:
    """A key of the environment file for Heroku, for the report."""
    return f"environments/heroku.yaml: {key}"
