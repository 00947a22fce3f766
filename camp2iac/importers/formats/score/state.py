"""What the import of Score workloads has made so far."""

from __future__ import annotations

from camp2iac.catalogue import Catalogue
from camp2iac.importers import code
from camp2iac.importers.draft import DraftArtifact, DraftPlan, DraftService
from camp2iac.importers.formats.score.resources import ScoreWorkload
from camp2iac.importers.part import SourcePart
from camp2iac.importers.reading import ImportSource
from camp2iac.record import Record, field

ScoreContainer = tuple[ScoreWorkload, SourcePart, DraftArtifact, DraftService]


class ScoreState(Record):
    """The plan, the workloads by name, and all containers."""

    plan: DraftPlan
    catalogue: Catalogue
    source: ImportSource
    workloads: dict[str, ScoreWorkload] = field(default_factory=dict)
    containers: list[ScoreContainer] = field(default_factory=list)

    def code(self, id_: str, image: SourcePart) -> tuple[DraftArtifact, DraftService] | None:
        """The artifact for ``image: .``, which is built from the folder of the source."""
        found = code.find(self.source.folder.root, "", self.catalogue)
        if found is None:
            image.left_out(
                "the image is built from code that camp2iac does not recognise",
                "build an image, push it to a registry, write its name as  image,  and import it again",
            )
            self.plan.steps.append(f"{id_} is not in the plan: build an image, push it, and write its name as  image")
            return None
        artifact, service = code.artifact(found, id_, ""), code.service(found, id_, self.catalogue)
        artifact.why = image.where
        self.plan.artifacts.append(artifact)
        self.plan.services.append(service)
        image.changed(f"artifact {id_}: {found.title}", "the code beside the file runs, without an image")
        return artifact, service
