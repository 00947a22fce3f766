"""Names on the engine, in Terraform's addresses, and of variables and files, derived only from ids in the plan."""

from __future__ import annotations

import hashlib
import re

from camp2iac.targets.kit import names as reserved
from camp2iac.targets.kit.names import identifier, variable
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Topology

_FILES = reserved.FILES | {"moved", "network"}

__all__ = ["application", "count", "file", "identifier", "port", "variable", "word"]


def application(topology: Topology) -> str:
    """The application's name in the form of a host name. Every name on the engine begins with it."""
    return slug(topology.name)


def file(id_: str) -> str:
    """The file with the blocks of a component or a service."""
    return reserved.file(slug(id_), "containers", _FILES)


def count(tier: str) -> str:
    """The variable for the number of a tier's containers."""
    return f"{identifier(slug(tier))}_count"


def port(component: str) -> str:
    """The variable for the port of a component on the computer that runs the engine."""
    return f"{identifier(slug(component))}_port"


def word(process: str) -> str:
    """A process type as a part of names."""
    found = slug(process)
    return found if found == process else f"{found}-{hashlib.sha256(process.encode()).hexdigest()[:6]}"


def valid(text: str) -> bool:
    """Whether a string of the plan can be a name in a configuration file: of a user, of a database."""
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,62}", text) is not None
