"""Strings of the plan as Terraform values."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.diagnostics.secrets import holds_secret
from camp2iac.record import Record
from camp2iac.synth.module import Template, Value
from camp2iac.topology.model import Reference, TextValue, Topology


class Resolved(Record, frozen=True):
    """A value of the plan in Terraform.

    ``sensitive``: it contains a secret, a password, a confidential parameter or a string that looks like a secret.
    ``missing``: the references that the platform cannot resolve; ``value`` does not contain them.
    """

    value: Value
    sensitive: bool
    missing: tuple[Reference, ...]


def resolve(text: TextValue, topology: Topology, reference: Callable[[Reference], Value]) -> Resolved:
    """Resolve a string.

    Args:
        text: strings and references, in order.
        topology: has the parameters, which can be confidential.
        reference: returns the Terraform value of a reference. None if the platform has none.

    Returns:
        The value is a plain ``str`` if there are no references. Strings are data, never code.
    """
    parts: list[Value] = []
    missing: list[Reference] = []
    sensitive = False
    for part in text.parts:
        if isinstance(part, str):
            parts.append(part)
            sensitive |= holds_secret(part)
        elif (value := reference(part)) is None:
            missing.append(part)
        else:
            sensitive |= is_sensitive(part, topology)
            parts.append(value)
    if all(isinstance(part, str) for part in parts):
        return Resolved("".join(str(part) for part in parts), sensitive, tuple(missing))
    return Resolved(parts[0] if len(parts) == 1 else Template(tuple(parts)), sensitive, tuple(missing))


def is_sensitive(reference: Reference, topology: Topology) -> bool:
    """Whether a reference is to a secret value."""
    if reference.kind == "parameter":
        return topology.parameters[reference.name].confidential
    return reference.kind in ("secret", "PASSWORD")


def words(reference: Reference) -> str:
    """A reference as in a plan: ``IP(stock, back)``."""
    return f"{reference.kind}({reference.name}{', ' + reference.network if reference.network else ''})"
