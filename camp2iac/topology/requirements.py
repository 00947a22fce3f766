"""The meaning of requirement types. The profile defines some; products define others in their folders.

CAMP leaves types open. An unlisted type has the meaning of its local name (``org.example:HostOn``), if that name is in
common use (:mod:`camp2iac.catalogue.relations`).
"""

from __future__ import annotations

from enum import Enum

from camp2iac.catalogue import Catalogue
from camp2iac.catalogue.relations import LOCAL_NAMES, Relation, local


class RequirementKind(Enum):
    """The relationship that a requirement describes."""

    HOST = "runs on"
    CONNECT = "connects to"
    LOAD = "is loaded into"
    ENV = "gets variables"
    EXPOSE = "is exposed"
    PROCESS = "runs"
    SCHEDULE = "runs by the clock"
    PACKAGES = "needs packages"


PROFILE = "org.camp2iac:"

_TYPES = {
    "org.libpaas:env": RequirementKind.ENV,
    "org.camp2iac:Env": RequirementKind.ENV,
    "org.camp2iac:Expose": RequirementKind.EXPOSE,
    "org.camp2iac:Process": RequirementKind.PROCESS,
    "org.camp2iac:Schedule": RequirementKind.SCHEDULE,
    "org.camp2iac:Packages": RequirementKind.PACKAGES,
}

_RELATIONS: dict[Relation, RequirementKind] = {
    "host": RequirementKind.HOST,
    "connect": RequirementKind.CONNECT,
    "load": RequirementKind.LOAD,
}


def kind(requirement_type: str, catalogue: Catalogue) -> RequirementKind | None:
    """The meaning of a requirement type; None if it is unknown."""
    if requirement_type in _TYPES:
        return _TYPES[requirement_type]
    relation = catalogue.relations.get(requirement_type) or local(requirement_type)
    return None if relation is None else _RELATIONS[relation]


def known(catalogue: Catalogue) -> tuple[str, ...]:
    """All known types, for suggestions."""
    return (*_TYPES, *catalogue.relations, *LOCAL_NAMES)
