"""Check that attributes exist, and that their values have the right type (CAMP310)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.camp import edits
from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.topology.model import Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Compare the attributes in the plan with ``product.attributes``."""
    for service in topology.services.values():
        known = service.product.attributes
        for name, statement in service.attributes.items():
            if name not in known:
                best = nearest(name, known)
                has = f"it has {choices(name, known)}" if known else "it has none"
                yield Diagnostic(
                    "CAMP310",
                    f"{service.product.title} has no attribute of this name: {name}",
                    statement.span,
                    label="it has no effect",
                    help="" if best else has,
                    fixes=edits.key(statement.span, name, best, sure=best not in service.attributes),
                )
            elif (literal := statement.value.literal) is not None and (fault := _unfit(known[name].type, literal)):
                yield Diagnostic(
                    "CAMP311",
                    f"the {name} of {service.name} is not {fault}: {literal}",
                    statement.value.span,
                    label=f"{fault} belongs here",
                    help=f"write, for example,  {name}: {known[name].default or 1}",
                )


def _unfit(type_: str, literal: str) -> str:
    if type_ == "integer" and not re.fullmatch(r"-?(?:0|[1-9][0-9]{0,17})", literal):
        return "a whole number"
    if type_ == "boolean" and literal.lower() not in ("true", "false", "yes", "no", "on", "off"):
        return "true or false"
    return ""
