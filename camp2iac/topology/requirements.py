"""What a requirement type means: of the profile, or of a product, which says so in its folder.

CAMP leaves types to agreement. A type that nobody lists means what its local name means (``org.example:HostOn``), where
that is agreed on (:mod:`camp2iac.catalogue.relations`).
"""

from __future__ import annotations

from enum import Enum

from camp2iac.catalogue import Catalogue
from camp2iac.catalogue.relations import LOCAL_NAMES, Relation, local


class RequirementKind(Enum):
    """The relationship that a requirement asks for."""

    HOST = "runs on"
    CONNECT = "connects to"
    LOAD = "is loaded into"
    ENV = "is told"
    EXPOSE = "is exposed"
    PROCESS = "runs"


PROFILE = "org.camp2iac:"

_TYPES = {
    "org.libpaas:env": RequirementKind.ENV,
    "org.camp2iac:Env": RequirementKind.ENV,
    "org.camp2iac:Expose": RequirementKind.EXPOSE,
    "org.camp2iac:Process": RequirementKind.PROCESS,
}

_RELATIONS: dict[Relation, RequirementKind] = {
    "host": RequirementKind.HOST,
    "connect": RequirementKind.CONNECT,
    "load": RequirementKind.LOAD,
}


def kind(requirement_type: str, catalogue: Catalogue) -> RequirementKind | None:
    """The meaning of a requirement type, None where nobody agreed on one that we know."""
    if requirement_type in _TYPES:
        return _TYPES[requirement_type]
    relation = catalogue.relations.get(requirement_type) or local(requirement_type)
    return None if relation is None else _RELATIONS[relation]


def known(catalogue: Catalogue) -> tuple[str, ...]:
    """The spellings that a typo may have meant."""
    return (*_TYPES, *catalogue.relations, *LOCAL_NAMES)
