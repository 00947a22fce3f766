"""What a requirement type means. CAMP leaves types to agreement; these are the spellings met in plans.

A type that is not listed means what its local name means (``org.example:HostOn``), where that is listed.
"""

from __future__ import annotations

from enum import Enum


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
    "com.python:wsgi": RequirementKind.HOST,
    "org.python:runtime": RequirementKind.HOST,
    "Nodejs:Run": RequirementKind.HOST,
    "org.rpm:Install": RequirementKind.HOST,
    "org.debian:Install": RequirementKind.HOST,
    "org.sql:ExecuteAt": RequirementKind.LOAD,
    "MongoDB:ImportDump": RequirementKind.LOAD,
    "org.libpaas:env": RequirementKind.ENV,
    "org.camp2iac:Env": RequirementKind.ENV,
    "org.camp2iac:Expose": RequirementKind.EXPOSE,
    "org.camp2iac:Process": RequirementKind.PROCESS,
}

_LOCAL = {
    "HostOn": RequirementKind.HOST,
    "RunOn": RequirementKind.HOST,
    "InstallOn": RequirementKind.HOST,
    "ConnectTo": RequirementKind.CONNECT,
    "ExecuteAt": RequirementKind.LOAD,
    "LoadInto": RequirementKind.LOAD,
    "ImportDump": RequirementKind.LOAD,
}


def kind(requirement_type: str) -> RequirementKind | None:
    """The meaning of a requirement type, None where nobody agreed on one that we know."""
    return _TYPES.get(requirement_type) or _LOCAL.get(requirement_type.rpartition(":")[2])


def known() -> tuple[str, ...]:
    """The spellings that a typo may have meant."""
    return (*_TYPES, "com.java:HostOn", "com.java.jdbc:ConnectTo", "org.sql:ConnectTo", *_LOCAL)
