"""What a requirement type means. CAMP leaves types to agreement; these are the spellings met in plans.

A type that is not listed means what its local name means (``org.example:HostOn``), where that is listed.
"""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """The relationship that a requirement asks for."""

    HOST = "runs on"
    CONNECT = "connects to"
    LOAD = "is loaded into"
    ENV = "is told"
    EXPOSE = "is exposed"
    PROCESS = "runs"


PROFILE = "org.camp2iac:"

_TYPES = {
    "com.python:wsgi": Kind.HOST,
    "org.python:runtime": Kind.HOST,
    "Nodejs:Run": Kind.HOST,
    "org.rpm:Install": Kind.HOST,
    "org.debian:Install": Kind.HOST,
    "org.sql:ExecuteAt": Kind.LOAD,
    "MongoDB:ImportDump": Kind.LOAD,
    "org.libpaas:env": Kind.ENV,
    "org.camp2iac:Env": Kind.ENV,
    "org.camp2iac:Expose": Kind.EXPOSE,
    "org.camp2iac:Process": Kind.PROCESS,
}

_LOCAL = {
    "HostOn": Kind.HOST,
    "RunOn": Kind.HOST,
    "InstallOn": Kind.HOST,
    "ConnectTo": Kind.CONNECT,
    "ExecuteAt": Kind.LOAD,
    "LoadInto": Kind.LOAD,
    "ImportDump": Kind.LOAD,
}


def kind(requirement_type: str) -> Kind | None:
    """The meaning of a requirement type, None where nobody agreed on one that we know."""
    return _TYPES.get(requirement_type) or _LOCAL.get(requirement_type.rpartition(":")[2])


def known() -> tuple[str, ...]:
    """The spellings that a typo may have meant."""
    return (*_TYPES, "com.java:HostOn", "com.java.jdbc:ConnectTo", "org.sql:ConnectTo", *_LOCAL)
