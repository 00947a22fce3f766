"""Check for strings that variables cannot contain, or that Terraform changes (CAMP315, CAMP316)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.topology.model import TextValue, Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Check the strings that processes and products get."""
    for name, text, span in _texts(topology):
        if "\0" in text:
            yield Diagnostic(
                "CAMP315",
                f"{name} contains the character NUL, which variables and configuration files cannot contain",
                span,
                label="this contains \\0",
                help="remove it, or pass the bytes as base64",
            )
        elif not unicodedata.is_normalized("NFC", text):
            yield Diagnostic(
                "CAMP316",
                f"{name} arrives with different characters than in the plan, although it looks the same",
                span,
                label="a letter and its accent are two characters here",
                notes=("Terraform composes them in every string (Unicode NFC)",),
                help="write it with composed characters, or pass the bytes as base64 if they matter",
            )


def _texts(topology: Topology) -> Iterator[tuple[str, str, Span]]:
    """Each string, with the name of what it belongs to and its place."""
    for component in topology.components.values():
        for variable in component.variables:
            yield from _parts(f"{variable.name} of {component.name}", variable.value)
    for service in topology.services.values():
        for name, statement in service.attributes.items():
            yield from _parts(f"{name} of {service.name}", statement.value)
    for parameter in topology.parameters.values():
        for value in (parameter.default, *parameter.allowed):
            if isinstance(value, str):
                yield f"parameter {parameter.id}", value, parameter.span


def _parts(name: str, value: TextValue) -> Iterator[tuple[str, str, Span]]:
    for part in value.parts:
        if isinstance(part, str):
            yield name, part, value.span
