"""The profile's types under ``org.camp2iac:``, each a JSON Schema beside this file.

The schemas are what ``camp2iac schema plan`` prints, what plans are checked against and what the docs are made of.
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

CHARACTERISTICS = ("Attributes", "Balance", "Compute", "Placement", "Ports", "Scale", "Volume")
REQUIREMENTS = ("Env", "Expose", "Process")
PLAN_KEYS = ("Networks", "Parameters", "Secrets")


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a profile type by its local name."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def known(type_: str, span: Span, allowed: tuple[str, ...], what: str, diagnostics: Diagnostics) -> str | None:
    """The local name of a type of the profile; an unknown one is an error (CAMP309), for the namespace is ours."""
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
            f"camp2iac has no {what} of this name: {type_}",
            span,
            label="not in the profile",
            help=help_,
            fixes=fixes,
        )
    )
    return None


_PLACES = {
    "a characteristic of a service": CHARACTERISTICS,
    "a requirement of an artifact": REQUIREMENTS,
    "a key of the plan itself": PLAN_KEYS,
}


def sound(name: str, value: Mapping, of: str, diagnostics: Diagnostics, place: Span) -> bool:
    """Whether what a plan writes under a profile type fits its schema."""
    return check(schema(name), value, name, of, diagnostics, place)
