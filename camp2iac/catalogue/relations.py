"""What the requirement types of products mean: each product says it of its own, in its folder.

CAMP leaves types to agreement. A type that a product lists without a meaning has that of its local name
(``org.example:HostOn``); a local name that nobody agreed on means what the product's role is for.
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
    """What the local name of a type means, None where nobody agreed on it."""
    return LOCAL_NAMES.get(requirement_type.rpartition(":")[2])


def relations(given: Mapping[str, Relation] | Sequence[str], role: str) -> Mapping[str, Relation]:
    """The requirement types of a product, as its ``product.yaml`` has them, and what each means."""
    if isinstance(given, Mapping):
        return dict(given)
    usual: Relation = "host" if role == "runtime" else "connect"
    return {type_: local(type_) or usual for type_ in given}
