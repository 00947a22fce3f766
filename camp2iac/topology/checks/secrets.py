"""A secret that stands in a plan is in its history for ever: warn of what looks like one (CAMP501)."""

from __future__ import annotations

import re

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.topology.model import Topology

_LOOKS = re.compile(r"(?i)(passw|secret|token|credential|api_?key|private_?key|access_?key)")


def check(topology: Topology, catalogue: Catalogue, diagnostics: Diagnostics) -> None:
    """Literal values of variables and secret attributes whose names speak of secrets."""
    for component in topology.components.values():
        for variable in component.variables:
            if variable.value.literal and _LOOKS.search(variable.name):
                _warn(variable.name, component.name, variable.value.span, diagnostics)
    for service in topology.services.values():
        for name, said in service.attributes.items():
            form = service.product.attributes.get(name)
            if said.value.literal and ((form and form.secret) or _LOOKS.search(name)):
                _warn(name, service.name, said.value.span, diagnostics)


def _warn(name: str, owner: str, span: Span, diagnostics: Diagnostics) -> None:
    secret = re.sub(r"[^a-z0-9_]", "_", name.lower()).strip("_") or "secret"
    diagnostics.add(
        Diagnostic(
            "CAMP501",
            f"the {name} of {owner} looks like a secret, written into the plan",
            span,
            label="everybody who reads the plan or the output reads this",
            help=f"write  {name}: {{ secret: {secret} }}  and declare it on the plan:\n"
            f"org.camp2iac:Secrets:\n  {secret}: {{ generate: 32 }}",
        )
    )
