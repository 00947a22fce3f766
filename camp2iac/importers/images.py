"""Container images of a source as artifacts."""

from __future__ import annotations

import re

from camp2iac.importers.draft import DraftArtifact, DraftCharacteristic, DraftPlan, DraftRequirement, DraftService

NAME = re.compile(r"[A-Za-z0-9][\w.:/@-]{0,400}", re.ASCII)


def add(plan: DraftPlan, id_: str, image: str, why: str) -> tuple[DraftArtifact, DraftService]:
    """Add an artifact that is an image in a registry, and the service that runs it."""
    artifact = DraftArtifact(id_, "org.opencontainers:Image", f"docker://{image}", why=why)
    artifact.requirements.append(DraftRequirement("org.opencontainers:RunOn", {}, f"id:{id_}"))
    service = DraftService(id_, [DraftCharacteristic("org.podman:Podman")])
    plan.artifacts.append(artifact)
    plan.services.append(service)
    return artifact, service
