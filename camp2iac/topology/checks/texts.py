"""Texts that no variable can hold, or that Terraform does not hand on as they are (CAMP315, CAMP316)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.topology.model import TextValue, Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Look at what is handed to processes and products as it is written."""
    for name, text, span in _texts(topology):
        if "\0" in text:
            yield Diagnostic(
                "CAMP315",
                f"{name} holds the character NUL, which no variable and no file of settings can",
                span,
                label="\\0 is in this text",
                help="leave it out, or hand the bytes over as base64",
            )
        elif not unicodedata.is_normalized("NFC", text):
            yield Diagnostic(
                "CAMP316",
                f"{name} will arrive in other characters than it is written in, though it looks the same",
                span,
                label="letters and their accents stand apart here",
                notes=("Terraform composes them, in every text (Unicode NFC)",),
                help="type it anew, or hand the bytes over as base64 if they matter",
            )


def _texts(topology: Topology) -> Iterator[tuple[str, str, Span]]:
    """Whose, the text, and where it stands."""
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
