"""What the import of a Compose project has made so far."""

from __future__ import annotations

from camp2iac.catalogue import Catalogue
from camp2iac.importers.code import FoundCode
from camp2iac.importers.draft import DraftArtifact, DraftPlan, DraftService
from camp2iac.importers.exported_builds import ExportedBuild
from camp2iac.importers.formats.compose.files import ComposeProject, ComposeUnit
from camp2iac.importers.formats.compose.interpolation import ExpandedText
from camp2iac.importers.formats.compose.layers import Layers
from camp2iac.importers.part import SourcePart
from camp2iac.importers.software import SoftwareMatch
from camp2iac.record import Record, field


class ComposedVariable(Record, frozen=True):
    """An environment variable of a service. ``text``: None if its value comes from the shell of the user."""

    name: str
    text: ExpandedText | None
    part: SourcePart


class ComposedService(Record):
    """A service of the project, and what it becomes.

    ``software``: a product of the catalogue provides it. ``code``: it is built from this application. ``built``: an
    export wrote the folder that it is built from. ``answers``: False if it is known not to listen. ``artifact``: None
    for a product. ``ports``: on which it listens, as far as the source says it; the first is that of ``PORT``.
    ``user``, ``database``: what the plan calls them, if the source names others. ``password``: its expanded text.
    ``linked``: the services that it connects to.
    """

    unit: ComposeUnit
    id: str
    service: DraftService
    software: SoftwareMatch | None = None
    code: FoundCode | None = None
    built: ExportedBuild | None = None
    answers: bool = True
    artifact: DraftArtifact | None = None
    variables: dict[str, ComposedVariable] = field(default_factory=dict)
    ports: list[int] = field(default_factory=list)
    user: tuple[str, str] = ("", "")
    database: tuple[str, str] = ("", "")
    password: str = ""
    linked: dict[str, SourcePart] = field(default_factory=dict)

    @property
    def layers(self) -> Layers:
        """Its statements."""
        return self.unit.layers

    @property
    def what(self) -> str:
        """Its name in the report."""
        return f"service {self.id}" if self.artifact is None else f"artifact {self.id}"


class ComposeState(Record):
    """The project, and its services by name. Services that are left out are not in ``services``.

    ``parts``: services of an export that are a part of another one, and the name of that.
    """

    project: ComposeProject
    plan: DraftPlan
    catalogue: Catalogue
    services: dict[str, ComposedService] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)

    def expand(self, part: SourcePart, expected: str = "a string") -> str:
        """A single value with its variables. A variable without a value is an error (CAMP762)."""
        made = self.project.values.expand(part.text(expected))
        if made.missing:
            name = made.missing[0]
            part.refused(
                f"{part.path} needs a value of {name}", "it has no value", f"write  {name}=VALUE  in .env, or a default"
            )
        return made.text
