"""A secret that stands in a plan is in its history for ever: warn of what looks like one (CAMP501)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.topology import confidential
from camp2iac.topology.model import Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Literals in a secret's place, and parameters, whose values are written into the module."""
    for name, owner, value in confidential.values(topology):
        if value.literal:
            yield from _warn(name, owner, "looks like a secret, written into the plan", value.span)
        elif any(part.kind == "parameter" for part in value.references):
            yield from _warn(name, owner, "looks like a secret, and is a parameter, which is none", value.span)


def _warn(name: str, owner: str, what: str, span: Span) -> Iterator[Diagnostic]:
    secret = re.sub(r"[^a-z0-9_]", "_", name.lower()).strip("_") or "secret"
    yield Diagnostic(
        "CAMP501",
        f"the {name} of {owner} {what}",
        span,
        label="everybody who reads the plan or the output reads this"
        if what.endswith("plan")
        else "its value, if an environment or --set gives one, is in the output for all to read",
        help=f"write  {name}: {{ secret: {secret} }}  and declare it on the plan:\n"
        f"org.camp2iac:Secrets:\n  {secret}: {{ generate: 32 }}",
    )
