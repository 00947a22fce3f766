"""The plan document as CAMP defines it: its nodes, each with its place and its extensions.

The names are CAMP's (ArtifactSpecification without ``Specification``). The topology resolves and interprets them. Each
``extensions`` mapping has the keys that CAMP's grammar does not define, as written.
"""

from __future__ import annotations

from typing import TypeAlias

from camp2iac.camp.nodes import Mapping, Scalar
from camp2iac.diagnostics import Span
from camp2iac.record import Record


class LocatedText(Record, frozen=True):
    """A string of the plan and its place."""

    value: str
    span: Span

    def __str__(self) -> str:
        return self.value


class Labels(Record, frozen=True):
    """The labels of a plan, an artifact or a service: name, description, tags."""

    name: LocatedText | None = None
    description: LocatedText | None = None
    tags: tuple[LocatedText, ...] = ()


class Characteristic(Record, frozen=True):
    """A characteristic that a service must have; ``extensions`` are its values."""

    characteristic_type: LocatedText
    extensions: Mapping
    span: Span


class ServiceSpecification(Record, frozen=True):
    """A service specification, from ``services`` or inline in a requirement.

    ``whole``: whether all of it could be read. If not, that is reported already, so a missing characteristic is not
    another error. ``href_parameter``: an ``href`` that is ``{ parameter: NAME }``; ``href`` is then None.
    """

    id: LocatedText | None
    href: LocatedText | None
    characteristics: tuple[Characteristic, ...]
    labels: Labels
    extensions: Mapping
    span: Span
    inline: bool = False
    whole: bool = True
    href_parameter: Mapping | None = None


class ServiceReference(Record, frozen=True):
    """``id:NAME``. ``span`` is that of NAME; ``service`` is the service that it refers to."""

    id: str
    span: Span
    service: ServiceSpecification


class ArtifactReference(Record, frozen=True):
    """``id:NAME``, where NAME is the name of another artifact that this one connects to. ``span`` is that of NAME."""

    id: str
    span: Span


Fulfillment: TypeAlias = "ServiceReference | ArtifactReference | ServiceSpecification | None"


class Requirement(Record, frozen=True):
    """A requirement of an artifact; ``extensions`` are the parameters of the relationship."""

    requirement_type: LocatedText
    fulfillment: Fulfillment
    extensions: Mapping
    span: Span

    @property
    def service(self) -> ServiceSpecification | None:
        """The service specification that it refers to or contains."""
        if isinstance(self.fulfillment, ArtifactReference):
            return None
        return self.fulfillment.service if isinstance(self.fulfillment, ServiceReference) else self.fulfillment


class Content(Record, frozen=True):
    """The content of an artifact.

    It has either ``href`` (a path in the package, ``pdp:!`` for the package itself, or an absolute URI) or ``data``
    (bytes, decoded from base64). ``path`` is the checked path in the package (``""`` for ``pdp:!``), None for URIs and
    data. ``verified``: it was compared with its extension ``sha256``. ``at``: the folder in ``path`` where the artifact
    runs, if the extension ``root`` names a folder above ``href``, which is ``path`` then.
    """

    href: LocatedText | None
    data: bytes | None
    path: str | None
    extensions: Mapping
    span: Span
    verified: bool = False
    at: str = ""

    @property
    def home(self) -> str | None:
        """The path in the package where the artifact runs: that of ``href``. None for URIs and data."""
        return self.path if not self.at else f"{self.path}/{self.at}" if self.path else self.at


class Artifact(Record, frozen=True):
    """One part of the application and its requirements.

    ``unresolved``: the types of the requirements that could not be read, which was reported. Empty for a type
    that could not be read itself.
    """

    artifact_type: LocatedText
    content: Content
    requirements: tuple[Requirement, ...]
    labels: Labels
    extensions: Mapping
    span: Span
    unresolved: tuple[str, ...] = ()


class PlanDocument(Record, frozen=True):
    """A plan. ``file`` is the name to show; ``services`` are the top-level services, in order."""

    camp_version: LocatedText
    labels: Labels
    origin: LocatedText | None
    artifacts: tuple[Artifact, ...]
    services: tuple[ServiceSpecification, ...]
    extensions: Mapping
    file: str
    span: Span

    def all_services(self) -> tuple[ServiceSpecification, ...]:
        """The top-level and inline service specifications, in the order of the file."""
        inline = (
            requirement.fulfillment
            for artifact in self.artifacts
            for requirement in artifact.requirements
            if isinstance(requirement.fulfillment, ServiceSpecification)
        )
        return tuple(sorted((*inline, *self.services), key=lambda service: service.span))


__all__ = [
    "Artifact",
    "ArtifactReference",
    "Characteristic",
    "Content",
    "Fulfillment",
    "Labels",
    "LocatedText",
    "Mapping",
    "PlanDocument",
    "Requirement",
    "Scalar",
    "ServiceReference",
    "ServiceSpecification",
]
