"""The profile: the types under ``org.camp2iac:``. Each has a JSON Schema in this folder.

``camp2iac schema plan`` prints the schemas, plans are checked against them, and docs/profile.md is generated from them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from camp2iac.camp import edits
from camp2iac.camp.nodes import Mapping
from camp2iac.camp.schema import check
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix, Span
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.topology.requirements import PROFILE

FOLDER = Path(__file__).parent

CHARACTERISTICS = ("Attributes", "Balance", "Compute", "ObjectStore", "Placement", "Ports", "Scale", "Volume")
REQUIREMENTS = ("Env", "Expose", "Packages", "Process", "Schedule")
PLAN_KEYS = ("Networks", "Parameters", "Secrets")

LATER = {"Env": None, "Attributes": None, "Ports": "from", "Parameters": None}
"""Where ``{ parameter: NAME }`` is not replaced by its value: the types, and the key of a type (None: all keys).

Terraform takes the values there, except those of Parameters, which cannot have references.
"""


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a profile type by its local name. A ``$ref`` to the file of another type becomes its keys."""
    loaded = _whole(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))
    assert isinstance(loaded, dict)  # noqa: S101 - for the type checker
    return loaded


def _whole(node: object) -> object:
    if not isinstance(node, dict):
        return [_whole(each) for each in node] if isinstance(node, list) else node
    other = str(node.get("$ref", ""))
    base = schema(other.removesuffix(".json")) if other.endswith(".json") else {}
    inherited = {key: value for key, value in base.items() if key not in ("$schema", "title")}
    own = {key: _whole(value) for key, value in node.items() if key != "$ref" or not base}
    return {**inherited, **own}


def known(type_: str, span: Span, allowed: tuple[str, ...], what: str, diagnostics: Diagnostics) -> str | None:
    """The local name of a type. An unknown one is an error (CAMP309), because the namespace belongs to camp2iac."""
    name = type_.removeprefix(PROFILE)
    if name in allowed:
        return name
    elsewhere = next((kind for kind, names in _PLACES.items() if name in names), None)
    best = nearest(name, allowed)
    help_ = f"the profile has {choices(name, allowed)}"
    fixes: tuple[Fix, ...] = ()
    if elsewhere:
        help_ = f"{PROFILE}{name} is {elsewhere}"
    elif best:
        help_, fixes = "", edits.value(span, f"{PROFILE}{best}", sure=edits.misspelt(name, best))
    diagnostics.add(
        Diagnostic(
            "CAMP309",
            f"the profile has no {what} of this name: {type_}",
            span,
            label=f"unknown {what}",
            help=help_,
            fixes=fixes,
            mistake=name,
        )
    )
    return None


_PLACES = {
    "a characteristic of a service": CHARACTERISTICS,
    "a requirement of an artifact": REQUIREMENTS,
    "a key of the plan": PLAN_KEYS,
}


def sound(name: str, value: Mapping, of: str, diagnostics: Diagnostics, place: Span) -> bool:
    """Whether a value in the plan matches the schema of its type."""
    return check(schema(name), value, name, of, diagnostics, place)
