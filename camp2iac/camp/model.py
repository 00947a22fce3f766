"""The plan document as the standard has it: CAMP's nodes, each with its place and its extension nodes.

Names are CAMP's (ArtifactSpecification without the ``Specification``). Nothing here is resolved or interpreted: that is
the topology's work. Every ``extensions`` mapping holds the keys that CAMP's grammar does not define, as written.
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
    """What Plan, Artifact and Service may carry: name, description, tags."""

    name: LocatedText | None = None
    description: LocatedText | None = None
    tags: tuple[LocatedText, ...] = ()


class Characteristic(Record, frozen=True):
    """A trait that a service must have; ``extensions`` are the wanted values."""

    characteristic_type: LocatedText
    extensions: Mapping
    span: Span


class ServiceSpecification(Record, frozen=True):
    """A service specification, from ``services`` or inline in a requirement.

    ``whole``: whether all that it says could be read. If not, that has been reported, and the lack of a characteristic
    is no mistake of its own.
    """

    id: LocatedText | None
    href: LocatedText | None
    characteristics: tuple[Characteristic, ...]
    labels: Labels
    extensions: Mapping
    span: Span
    inline: bool = False
    whole: bool = True


class ServiceReference(Record, frozen=True):
    """``id:NAME``. ``span`` is that of NAME; ``service`` is the one it names (the reader has resolved it)."""

    id: str
    span: Span
    service: ServiceSpecification


Fulfillment: TypeAlias = "ServiceReference | ServiceSpecification | None"


class Requirement(Record, frozen=True):
    """What an artifact needs; ``extensions`` are the relationship's parameters."""

    requirement_type: LocatedText
    fulfillment: Fulfillment
    extensions: Mapping
    span: Span

    @property
    def service(self) -> ServiceSpecification | None:
        """The service specification that it names or holds."""
        return self.fulfillment.service if isinstance(self.fulfillment, ServiceReference) else self.fulfillment


class Content(Record, frozen=True):
    """What an artifact is made of.

    Exactly one of ``href`` (a path in the package; ``pdp:!``, the package itself; or an absolute URI) and ``data``
    (bytes, decoded from base64) is given. ``path`` is the checked path inside the package (``""`` for ``pdp:!``), None
    for URIs and data.
    """

    href: LocatedText | None
    data: bytes | None
    path: str | None
    extensions: Mapping
    span: Span


class Artifact(Record, frozen=True):
    """One thing of the application and what it requires."""

    artifact_type: LocatedText
    content: Content
    requirements: tuple[Requirement, ...]
    labels: Labels
    extensions: Mapping
    span: Span


class PlanDocument(Record, frozen=True):
    """A whole plan. ``file`` is the name to show for it; ``services`` are the top-level ones, in order."""

    camp_version: LocatedText
    labels: Labels
    origin: LocatedText | None
    artifacts: tuple[Artifact, ...]
    services: tuple[ServiceSpecification, ...]
    extensions: Mapping
    file: str
    span: Span

    def all_services(self) -> tuple[ServiceSpecification, ...]:
        """Top-level and inline service specifications, in the order of the file, each once."""
        inline = (
            requirement.fulfillment
            for artifact in self.artifacts
            for requirement in artifact.requirements
            if isinstance(requirement.fulfillment, ServiceSpecification)
        )
        return tuple(sorted((*inline, *self.services), key=lambda service: service.span))


__all__ = [
    "Artifact",
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
