"""Values of the plan as Terraform's: text stays text, parameters and secrets become references."""

from __future__ import annotations

from camp2iac.record import Record
from camp2iac.synth.module import Template, Value, ref
from camp2iac.targets.heroku import names
from camp2iac.topology.model import Reference, TextValue, Topology


class Resolved(Record, frozen=True):
    """A value; whether a secret is in it; and the references that Heroku has no answer to."""

    value: Value
    sensitive: bool
    missing: tuple[Reference, ...]


def resolve(text: TextValue, topology: Topology) -> Resolved:
    """What a text of the plan is in Terraform."""
    parts: list[Value] = []
    sensitive = False
    missing: list[Reference] = []
    for part in text.parts:
        if isinstance(part, str):
            parts.append(part)
        elif part.kind == "parameter":
            sensitive |= topology.parameters[part.name].confidential
            parts.append(ref(f"var.{names.variable(part.name)}"))
        elif part.kind == "secret":
            sensitive = True
            parts.append(secret(part.name, topology))
        else:
            missing.append(part)
    literal = "".join(part for part in parts if isinstance(part, str))
    if all(isinstance(part, str) for part in parts):
        return Resolved(literal, sensitive, tuple(missing))
    return Resolved(parts[0] if len(parts) == 1 else Template(tuple(parts)), sensitive, tuple(missing))


def secret(name: str, topology: Topology) -> Value:
    """A secret: what ``random_password`` made, or the variable that asks for it."""
    known = topology.secrets.get(name)
    if known is not None and known.length is not None:
        return ref(f"random_password.{names.variable(name)}", ".result")
    return ref(f"var.{names.variable(name)}")


def says(reference: Reference) -> str:
    """``IP(stock, back)``: as the plan writes it."""
    return f"{reference.kind}({reference.name}{', ' + reference.network if reference.network else ''})"
