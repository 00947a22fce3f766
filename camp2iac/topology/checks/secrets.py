"""Warn about values that look like secrets: a secret in a plan stays in its history (CAMP501)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.secrets import holds_secret
from camp2iac.topology import confidential
from camp2iac.topology.model import Parameter, Service, TextValue, Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Check literals where a secret belongs, and parameters, whose values the module contains."""
    for service in topology.services.values():
        if service.href is not None and holds_secret(service.href.value):
            yield _in_url(service, service.href.span)
    for parameter in (*topology.parameters.values(), *topology.compiled.values()):
        default = parameter.default
        if default not in (None, "") and confidential.looks(parameter.id) and not holds_secret(str(default)):
            yield _default(parameter)
    for name, owner, value in confidential.values(topology):
        if value.literal:
            label = "everyone who can read the plan or the output can read this"
            yield from _warn(name, owner, "looks like a secret, but is written in the plan", label, value)
        elif any(part.kind == "parameter" for part in value.references):
            label = "if an environment or --set gives a value, the output shows it"
            yield from _warn(name, owner, "looks like a secret, but is a parameter", label, value)


def _default(parameter: Parameter) -> Diagnostic:
    return Diagnostic(
        "CAMP501",
        f"the default of the parameter {parameter.id} looks like a secret, but is written in the plan",
        parameter.span,
        label="everyone who can read the plan or the output can read this",
        help=f"remove the parameter, write  {{ secret: {parameter.id} }}  where it is used, and declare it:\n"
        f"org.camp2iac:Secrets:\n  {parameter.id}: {{ generate: 32 }}",
    )


def _in_url(service: Service, span: Span) -> Diagnostic:
    name = f"{service.id.replace('-', '_')}_password"
    return Diagnostic(
        "CAMP501",
        f"the href of {service.name} contains a secret, which is written in the plan",
        span,
        label="everyone who can read the plan can read this",
        notes=("the output does not contain it: Terraform asks for it in a sensitive variable",),
        help="remove it from the URL, add the characteristic\n"
        f"- characteristic_type: org.camp2iac:Attributes\n  password: {{ secret: {name} }}\n"
        f"and declare it in the plan:\norg.camp2iac:Secrets:\n  {name}: {{ description: Password of {service.name} }}",
    )


def _warn(name: str, owner: str, what: str, label: str, value: TextValue) -> Iterator[Diagnostic]:
    made = f"{{ description: {name} of {owner} }}" if holds_secret(value.literal or "") else "{ generate: 32 }"
    secret = re.sub(r"[^a-z0-9_]", "_", name.lower()).strip("_") or "secret"
    yield Diagnostic(
        "CAMP501",
        f"the {name} of {owner} {what}",
        value.span,
        label=label,
        help=f"write  {name}: {{ secret: {secret} }}  and declare it in the plan:\n"
        f"org.camp2iac:Secrets:\n  {secret}: {made}",
    )
