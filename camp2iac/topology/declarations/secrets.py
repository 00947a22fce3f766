"""Secrets that a plan declares."""

from __future__ import annotations

from camp2iac.camp.nodes import Mapping, Scalar
from camp2iac.diagnostics import Diagnostics
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.declarations.values import text
from camp2iac.topology.model import Secret
from camp2iac.topology.statements import Statements, Subject, SubjectKind


def read(given: Mapping, statements: Statements, _: Diagnostics) -> dict[str, Secret]:
    """The secrets by name, sorted."""
    found = {}
    for name, entry in sorted(given.entries.items()):
        value = entry.value if isinstance(entry.value, Mapping) else Mapping({}, entry.value.span)
        generate = value.get("generate")
        length = None
        if isinstance(generate, Scalar) and generate.value is not False:
            length = generate.value if isinstance(generate.value, int) and generate.value is not True else 32
        words = f"Secret {name}, " + (f"generated with {length} characters" if length else "given by the operator")
        description = text(value, "description") or f"Secret {name} of the plan."
        subject = Subject(SubjectKind.SECRET, name, name)
        statement = statements.say(subject, kinds.SECRET, name, words, entry.key.span)
        found[name] = Secret(name, description, length, statement, entry.key.span)
    return found
