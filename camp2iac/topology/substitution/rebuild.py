"""Change parts of a plan. A service that several requirements refer to stays one service."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.camp.model import (
    Artifact,
    ArtifactReference,
    Mapping,
    PlanDocument,
    Requirement,
    ServiceReference,
    ServiceSpecification,
)
from camp2iac.record import Record, replace


class Changes(Record):
    """What happens to the parts of a plan. Each function returns its argument if nothing changes."""

    service: Callable[[ServiceSpecification], ServiceSpecification]
    requirements: Callable[[Artifact], tuple[Requirement, ...]]
    declared: Callable[[Mapping], Mapping]


def rebuilt(plan: PlanDocument, changes: Changes) -> PlanDocument:
    """The plan with all changes."""
    made: dict[int, ServiceSpecification] = {}

    def service(spec: ServiceSpecification) -> ServiceSpecification:
        if id(spec) not in made:
            made[id(spec)] = changes.service(spec)
        return made[id(spec)]

    def fulfilled(requirement: Requirement) -> Requirement:
        given = requirement.fulfillment
        if given is None or isinstance(given, ArtifactReference):
            return requirement
        if isinstance(given, ServiceReference):
            return replace(requirement, fulfillment=replace(given, service=service(given.service)))
        return replace(requirement, fulfillment=service(given))

    def artifact(given: Artifact) -> Artifact:
        return replace(given, requirements=tuple(map(fulfilled, changes.requirements(given))))

    return replace(
        plan,
        artifacts=tuple(map(artifact, plan.artifacts)),
        services=tuple(map(service, plan.services)),
        extensions=changes.declared(plan.extensions),
    )
