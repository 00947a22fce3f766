"""The meaning of requirement types. Each product defines its own.

CAMP does not define types. If a product lists a type without a meaning, the local name (``org.example:HostOn``) has it.
For an unknown local name, the role of the product decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

#: An artifact runs on a service, connects to it, or is loaded into it.
Relation = Literal["host", "connect", "load"]

LOCAL_NAMES: Mapping[str, Relation] = {
    "HostOn": "host",
    "RunOn": "host",
    "InstallOn": "host",
    "ConnectTo": "connect",
    "ExecuteAt": "load",
    "LoadInto": "load",
    "ImportDump": "load",
}


def local(requirement_type: str) -> Relation | None:
    """Return the meaning of the local name of a type, or None if it is not a usual one."""
    return LOCAL_NAMES.get(requirement_type.rpartition(":")[2])


def relations(given: Mapping[str, Relation] | Sequence[str], role: str) -> Mapping[str, Relation]:
    """Return the requirement types in a ``product.yaml`` and their meanings."""
    if isinstance(given, Mapping):
        return dict(given)
    usual: Relation = "host" if role == "runtime" else "connect"
    return {type_: local(type_) or usual for type_ in given}
